package regie.rest;

/** A query parameter that a route takes. */
record Parameter(String name, String about) {}
