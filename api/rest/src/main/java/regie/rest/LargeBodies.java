package regie.rest;

import java.util.concurrent.Semaphore;

/** Bounds how many large bodies are held in memory at one time; a small one needs no place. */
final class LargeBodies {
    private final int most;
    private final Semaphore places;

    LargeBodies(int most) {
        this.most = most;
        this.places = new Semaphore(most);
    }

    /** That of one request, if it comes to need one; closing gives it back. */
    final class Place implements AutoCloseable {
        private boolean taken;

        /** @throws regie.kernel.Refused with {@link RestRefusal.TooManyLargeBodies} */
        void take() {
            if (taken) return;
            if (!places.tryAcquire()) throw new RestRefusal.TooManyLargeBodies(most).asException();
            taken = true;
        }

        @Override
        public void close() {
            if (taken) places.release();
            taken = false;
        }
    }
}
