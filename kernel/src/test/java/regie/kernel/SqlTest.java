package regie.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "select :a::jsonb, :b|select ?::jsonb, ?|a,b",
                "select :a, :a from t where b = :c2|select ?, ? from t where b = ?|a,a,c2",
                "select ':a', \":b\", 'it''s :c', :d|select ':a', \":b\", 'it''s :c', ?|d",
                "select 1 -- :a|select 1 -- :a|``",
                "select a[1:2], '1'::text::xid8|select a[1:2], '1'::text::xid8|``",
                "select 3 - :a|select 3 - ?|a",
            })
    void namesBecomePositions(String named, String text, String names) {
        var sql = Sql.of(named);
        assertThat(sql.text()).isEqualTo(text);
        assertThat(String.join(",", sql.names())).isEqualTo(names);
    }
}
