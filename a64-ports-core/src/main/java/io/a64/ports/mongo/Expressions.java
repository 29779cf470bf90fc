package io.a64.ports.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.expr;
import static com.mongodb.client.model.Filters.type;

import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The words of the updates, which are aggregation pipelines. Every time in them is the server's. */
final class Expressions {
    static final String NOW = "$$NOW";
    /** Assigned to a field, removes it. */
    static final String REMOVE = "$$REMOVE";

    private Expressions() {}

    static String field(String name) {
        return "$" + name;
    }

    /** Keeps a text of somebody else's from being read as an expression. */
    static Document literal(String text) {
        return new Document("$literal", text);
    }

    static Document is(String name, Object value) {
        return new Document("$eq", List.of(field(name), value));
    }

    static Document both(Object one, Object other) {
        return new Document("$and", List.of(one, other));
    }

    static Document choose(Object condition, Object then, Object otherwise) {
        return new Document("$cond", List.of(condition, then, otherwise));
    }

    static Document set(Document fields) {
        return new Document("$set", fields);
    }

    static Document later(Duration time) {
        return new Document("$add", List.of(NOW, time.toMillis()));
    }

    static Document removing(Document fields, String... names) {
        return removing(fields, List.of(names));
    }

    static Document removing(Document fields, List<String> names) {
        names.forEach(name -> fields.append(name, REMOVE));
        return fields;
    }

    /** The check of the type keeps documents out that lack the field: in an expression they count as older. */
    static Bson olderThan(String name, Duration age) {
        Document limit = new Document("$subtract", List.of(NOW, age.toMillis()));
        return and(type(name, "date"), expr(new Document("$lte", List.of(field(name), limit))));
    }
}
