package regie.rest;

/** What a body looks like; {@link OpenApi} says it as a schema. Where a route spans kinds, each kind has its own. */
enum Shape {
    NOTHING,
    RESOURCE,
    RESOURCE_LIST,
    RESOURCE_CONTENT,
    BYTES,
    IMAGE,
    ACTION_INPUT,
    MANIFESTS,
    KEYS,
    CHANGES,
    EXPLANATION,
    EVENTS,
    GRAPHQL_REQUEST,
    GRAPHQL_ANSWER,
    KIND_LIST,
    TOKEN_WANTED,
    TOKEN_MADE,
    TOKEN_LIST,
    AUDIT_PAGE,
    JOIN_TOKEN_WANTED,
    JOIN_TOKEN_MADE,
    AGENT_LIST,
    WHAT_IF,
    SINGLE_POINTS,
    CAPACITY,
    CALLER,
    VERSION,
    OPENAPI,
    TEXT
}
