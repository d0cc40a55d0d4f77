-- Which field managers hold which fields, as {"manager": ["/spec/count", …]}; null where nobody ever applied fields.
alter table resource add column managed jsonb;
