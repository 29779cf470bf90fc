package io.a64.examples.benchmarks.ports;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.a64.test.services.Service;

/** A client of the tests' MongoDB and the database that the benchmark works in. Safe for use by several threads. */
final class Connection implements AutoCloseable {

    private final MongoClient client;
    private final MongoDatabase database;
    private final Commands commands;

    private Connection(MongoClientSettings.Builder settings, String database, Commands commands) {
        client = MongoClients.create(settings.applyConnectionString(new ConnectionString(Service.mongodbUri()))
                .build());
        this.database = client.getDatabase(database);
        this.commands = commands;
    }

    /** Opens a client that nothing listens to, so that nothing slows it down. */
    static Connection bare(String database) {
        return new Connection(MongoClientSettings.builder(), database, new Commands());
    }

    /** Opens a client whose commands are counted. */
    static Connection counted(String database) {
        Commands commands = new Commands();
        return new Connection(MongoClientSettings.builder().addCommandListener(commands), database, commands);
    }

    MongoDatabase database() {
        return database;
    }

    MongoDatabase admin() {
        return client.getDatabase("admin");
    }

    Commands commands() {
        return commands;
    }

    @Override
    public void close() {
        client.close();
    }
}
