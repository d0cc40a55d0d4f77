package regie.placement;

/** So many graphics cards of one model. */
public record Gpus(String model, int count) {
    public Gpus {
        Wrong.unless(!model.isEmpty(), "model", model, "the model of a graphics card");
        Wrong.unless(count >= 1 && count <= 64, "count of " + model, count, "a number from 1 to 64");
    }
}
