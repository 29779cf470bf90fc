package io.a64.ports.chaos;

import io.a64.mongo.testing.MongodReplicaSet;
import io.a64.test.services.MongodProcess;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** The ways in which a replica set loses its primary. */
enum LossOfPrimary {
    STEP_DOWN {
        @Override
        void happen(MongodReplicaSet set, Runnable meanwhile) {
            set.stepDown(meanwhile);
        }
    },
    /** The secondaries get nothing for a second before: what the primary alone acknowledged is rolled back. */
    KILL {
        @Override
        void happen(MongodReplicaSet set, Runnable meanwhile) {
            List<MongodProcess> secondaries = set.secondaries();
            secondaries.forEach(secondary -> replicate(set, secondary, "alwaysOn"));
            letWritesPileUp();
            set.killPrimary(() -> {
                secondaries.forEach(secondary -> replicate(set, secondary, "off"));
                meanwhile.run();
            });
        }
    },
    FREEZE {
        @Override
        void happen(MongodReplicaSet set, Runnable meanwhile) {
            set.freezePrimary(meanwhile);
        }
    };

    /**
     * Loses the primary of a settled set, and returns when there is another one.
     *
     * @param meanwhile what is done while there is none
     */
    abstract void happen(MongodReplicaSet set, Runnable meanwhile);

    private static void replicate(MongodReplicaSet set, MongodProcess secondary, String mode) {
        set.admin(secondary, new Document("configureFailPoint", "stopReplProducer").append("mode", mode));
    }

    private static void letWritesPileUp() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during a chaos run", e);
        }
    }
}
