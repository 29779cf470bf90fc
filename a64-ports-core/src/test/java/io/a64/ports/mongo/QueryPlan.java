package io.a64.ports.mongo;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.Document;

/**
 * How the server runs a statement.
 *
 * @param stages the stages of the plan, from the outermost
 * @param indexes the indexes that it uses
 * @param keys how many keys of them are read
 * @param documents how many documents are read
 */
record QueryPlan(List<String> stages, List<String> indexes, long keys, long documents) {
    private static final Set<String> WITHOUT_QUERY =
            Set.of("insert", "createIndexes", "listIndexes", "ping", "getMore");
    private static final Set<String> ABOUT_THE_CALL = Set.of(
            "$db", "lsid", "txnNumber", "$clusterTime", "$readPreference", "maxTimeMS", "writeConcern", "ordered");

    /** Returns the statements of a command that was sent, each as a command of its own; none if it asks for nothing. */
    static Stream<BsonDocument> statements(BsonDocument sent) {
        if (WITHOUT_QUERY.contains(sent.getFirstKey())) {
            return Stream.of();
        }
        BsonDocument command = new BsonDocument();
        command.putAll(sent);
        ABOUT_THE_CALL.forEach(command::remove);
        if (!command.containsKey("updates")) {
            return Stream.of(command);
        }
        return command.getArray("updates").stream()
                .map(update -> command.clone().append("updates", new BsonArray(List.of(update))));
    }

    /** Asks the server; nothing is changed. */
    static QueryPlan of(MongoDatabase database, BsonDocument statement) {
        Document answer = database.runCommand(new Document("explain", statement).append("verbosity", "executionStats"));
        QueryPlan plan = new QueryPlan(new ArrayList<>(), new ArrayList<>(), 0, 0);
        plan.collect(answer, false);
        Document stats = find(answer, "executionStats");
        return new QueryPlan(
                plan.stages(),
                plan.indexes(),
                ((Number) stats.get("totalKeysExamined")).longValue(),
                ((Number) stats.get("totalDocsExamined")).longValue());
    }

    private void collect(Object value, boolean winning) {
        if (value instanceof Document document) {
            if (winning && document.get("stage") instanceof String stage) {
                stages.add(stage);
            }
            if (winning && document.get("indexName") instanceof String index) {
                indexes.add(index);
            }
            for (Map.Entry<String, Object> field : document.entrySet()) {
                collect(field.getValue(), winning || field.getKey().equals("winningPlan"));
            }
        } else if (value instanceof List<?> list) {
            list.forEach(element -> collect(element, winning));
        }
    }

    private static Document find(Document document, String name) {
        if (document.get(name) instanceof Document found) {
            return found;
        }
        return document.values().stream()
                .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                .filter(Document.class::isInstance)
                .map(value -> find((Document) value, name))
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(new Document());
    }

    /** Returns what kind of statement it is: the statement with its values left out. */
    static String shape(BsonDocument statement) {
        String name = statement.getFirstKey();
        BsonDocument update = statement.containsKey("updates")
                ? statement.getArray("updates").get(0).asDocument()
                : statement;
        StringBuilder shape = new StringBuilder(name);
        for (String part : List.of("q", "query", "filter", "pipeline", "sort")) {
            if (update.containsKey(part)) {
                shape.append(' ').append(withoutValues(update.get(part)));
            }
        }
        for (String part : List.of("u", "update")) {
            if (update.containsKey(part) && update.get(part).isArray()) {
                shape.append(" → ").append(changes(update.getArray(part)));
            }
        }
        return shape.toString();
    }

    private static String changes(BsonArray pipeline) {
        return pipeline.stream()
                .map(stage -> stage.asDocument().get("$set"))
                .filter(Objects::nonNull)
                .flatMap(set -> set.asDocument().keySet().stream())
                .toList()
                .toString();
    }

    private static String withoutValues(BsonValue value) {
        if (value instanceof BsonDocument document) {
            return document.entrySet().stream()
                    .map(field -> field.getKey() + ":" + withoutValues(field.getValue()))
                    .toList()
                    .toString();
        }
        if (value instanceof BsonArray array) {
            return array.stream()
                    .map(QueryPlan::withoutValues)
                    .distinct()
                    .toList()
                    .toString();
        }
        return "_";
    }

    @Override
    public String toString() {
        return String.join(" < ", stages) + " " + indexes + ", " + keys + " keys, " + documents + " documents";
    }
}
