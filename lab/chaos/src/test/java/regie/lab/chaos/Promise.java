package regie.lab.chaos;

import tools.jackson.databind.JsonNode;

/**
 * One acknowledged change, which every watcher has to be told of.
 *
 * @param generation of the resource after it; 0 where it was deleted
 */
record Promise(String uid, String name, long generation) {
    static Promise of(JsonNode resource) {
        return new Promise(
                resource.path("uid").asString(),
                resource.path("name").asString(),
                resource.path("generation").asLong());
    }

    static Promise deleted(String uid, String name) {
        return new Promise(uid, name, 0);
    }
}
