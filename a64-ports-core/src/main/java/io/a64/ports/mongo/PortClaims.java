package io.a64.ports.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import io.a64.Deadline;
import io.a64.mongo.MongoSession;
import io.a64.mongo.PreparedCollection;
import io.a64.ports.PortException;
import io.a64.ports.PortRequest;
import io.a64.ports.registry.Claim;
import io.a64.ports.registry.Claim.Outcome;
import io.a64.ports.registry.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims of ports. A claim that ends without an answer may still be on its way to the server; it is given back by a
 * later write of the same session, which on a replica set makes the server refuse the claim should it arrive after all.
 */
final class PortClaims {
    private static final Logger LOG = LoggerFactory.getLogger(PortClaims.class);
    /** A claim whose time is over is given back in a time of its own, so short that the caller hardly waits longer. */
    private static final Duration GIVE_BACK_LIMIT = Duration.ofMillis(300);

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final PreparedCollection registry;
    private final FreePortDocuments free;

    PortClaims(PreparedCollection registry, FreePortDocuments free) {
        this.registry = registry;
        this.free = free;
    }

    /** Runs one statement per wish, all in one round trip. */
    List<Claim> claim(
            PortRequest request, List<Wish> wishes, List<UpdateOneModel<Document>> statements, Deadline deadline) {
        try (MongoSession session = registry.openSession()) {
            try {
                Outcome[] outcomes = registry.call(
                        "claim ports", deadline, (collection, run) -> outcomes(session, collection, statements));
                List<Claim> claims = new ArrayList<>();
                for (int i = 0; i < outcomes.length; i++) {
                    claims.add(new Claim(wishes.get(i), outcomes[i]));
                }
                return claims;
            } catch (PortException e) {
                giveBack(session, request, wishes, e);
                throw e;
            }
        }
    }

    private static Outcome[] outcomes(
            MongoSession session, MongoCollection<Document> collection, List<UpdateOneModel<Document>> statements) {
        Outcome[] outcomes = new Outcome[statements.size()];
        Arrays.fill(outcomes, Outcome.GOT);
        try {
            session.bulkWrite(collection, statements, UNORDERED);
        } catch (MongoBulkWriteException e) {
            if (e.getWriteConcernError() != null || !PortIndexes.isOnlyDuplicates(e)) {
                throw e;
            }
            for (BulkWriteError error : e.getWriteErrors()) {
                outcomes[error.getIndex()] = outcome(error.getMessage());
            }
        }
        return outcomes;
    }

    /** The driver keeps of the server's answer only its text, which names the index. */
    private static Outcome outcome(String message) {
        return message.contains("index: " + PortIndexes.SLOT) ? Outcome.SLOT_TAKEN : Outcome.PORT_TAKEN;
    }

    /**
     * Takes the lowest free port; if nothing is left to take, adds documents of free ports and tries again, also if
     * another host has added them meanwhile.
     */
    Optional<Claim> takeLowest(PortRequest request, Wish wish, BitSet among, Deadline deadline) {
        Optional<Claim> claim = take(request, wish, among, deadline);
        if (claim.isPresent()) {
            return claim;
        }
        free.grow(among, deadline);
        return take(request, wish, among, deadline);
    }

    /**
     * What a lost answer has taken is left to its lease: by the slot alone it could not be told from what the same request
     * got before.
     */
    private Optional<Claim> take(PortRequest request, Wish wish, BitSet among, Deadline deadline) {
        FindOneAndUpdateOptions lowest = new FindOneAndUpdateOptions()
                .sort(Sorts.ascending(PortDocument.PORT))
                .hintString(registry.index(PortIndexes.FREE))
                .returnDocument(ReturnDocument.AFTER);
        Bson free = ClaimUpdates.freeIn(among);
        Bson update = ClaimUpdates.reserve(request, wish);
        return registry.call("take a port", deadline, (collection, run) -> {
            try {
                return Optional.ofNullable(collection.findOneAndUpdate(free, update, lowest))
                        .map(document -> new Claim(at(wish, PortDocument.port(document)), Outcome.GOT));
            } catch (MongoCommandException e) {
                if (e.getCode() != PortIndexes.DUPLICATE_KEY) {
                    throw e;
                }
                return Optional.of(new Claim(wish, Outcome.SLOT_TAKEN));
            }
        });
    }

    private static Wish at(Wish wish, int port) {
        return new Wish(wish.internalPort(), port, wish.slot(), wish.from());
    }

    /** Gives back what may have been claimed. If that fails too, it lapses with the lease. */
    private void giveBack(MongoSession session, PortRequest request, List<Wish> wishes, PortException failure) {
        // One statement per port and not one for all: only such a bulk is repeated safely by the driver.
        List<UpdateOneModel<Document>> statements = wishes.stream()
                .map(wish -> new UpdateOneModel<Document>(
                        Filters.and(
                                Filters.eq(PortDocument.PORT, wish.port()),
                                Filters.eq(PortDocument.OWNER, request.owner()),
                                Filters.in(PortDocument.PHASE, PortDocument.RESERVED, PortDocument.PROMISED)),
                        EndUpdates.release(false, "given_back")))
                .toList();
        try {
            registry.call(
                    "give ports back",
                    Deadline.after(GIVE_BACK_LIMIT),
                    (collection, run) -> session.bulkWrite(collection, statements, UNORDERED));
        } catch (PortException e) {
            LOG.debug("Ports of module {} are left to their lease: {}", request.module(), e.getMessage());
            failure.addSuppressed(e);
        }
    }
}
