package io.a64.examples.host;

import io.a64.test.services.Service;
import java.net.URI;

/** Names a database of the MongoDB that the tests use. */
final class MongoUri {

    private MongoUri() {}

    static String of(String database) {
        URI server = URI.create(Service.mongodbUri());
        String query = server.getRawQuery() == null ? "" : "?" + server.getRawQuery();
        return server.getScheme() + "://" + server.getRawAuthority() + "/" + database + query;
    }
}
