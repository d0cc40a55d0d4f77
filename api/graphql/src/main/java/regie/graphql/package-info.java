/** GraphQL for reading what is declared, with the relations between kinds. */
@org.jspecify.annotations.NullMarked
package regie.graphql;
