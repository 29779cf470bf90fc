package io.a64.ports.mongo;

import org.bson.Document;

/** What may befall a write. */
enum WriteFault {
    CONNECTION_CLOSED("{closeConnection: true}"),
    NOT_PRIMARY("{errorCode: 10107}"),
    SHUTDOWN("{errorCode: 91}"),
    WRITE_CONCERN_ERROR("""
            {writeConcernError: {code: 91, codeName: "ShutdownInProgress", errmsg: "planned"},
             errorLabels: ["RetryableWriteError"]}""");

    private final String json;

    WriteFault(String json) {
        this.json = json;
    }

    Document data() {
        return Document.parse(json);
    }
}
