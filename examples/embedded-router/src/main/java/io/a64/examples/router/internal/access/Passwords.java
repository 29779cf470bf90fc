package io.a64.examples.router.internal.access;

import io.a64.proxy.BasicAuth;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * Checks passwords against SHA-crypt hashes, which takes milliseconds of computing on purpose. A password that was right
 * is remembered for a minute, as a digest salted anew in each process, so that a page of fifty pictures does not cost
 * that fifty times. A wrong one costs it each time. Safe for use by several threads.
 */
final class Passwords {

    private static final long REMEMBERED_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MOST_REMEMBERED = 1000;

    private final LongSupplier nanoTime;
    private final byte[] salt = new byte[32];
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<ByteBuffer, Long> rightUntil = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Long> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    Passwords(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        new SecureRandom().nextBytes(salt);
    }

    /** Returns whether these credentials were right a short while ago. Computes next to nothing. */
    boolean remember(BasicAuth demanded, Credentials given) {
        String hash = demanded.users().get(given.user());
        if (hash == null) {
            return false;
        }
        ByteBuffer key = key(hash, given);
        lock.lock();
        try {
            Long until = rightUntil.get(key);
            return until != null && nanoTime.getAsLong() - until < 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether these credentials are right. Computes for milliseconds, also for a user who does not exist. */
    boolean check(BasicAuth demanded, Credentials given) {
        String own = demanded.users().get(given.user());
        String hash = own == null ? demanded.users().values().iterator().next() : own;
        boolean equal = MessageDigest.isEqual(ascii(crypt(given.passwordBytes(), hash)), ascii(hash));
        boolean right = equal && own != null;
        if (right) {
            keep(key(hash, given));
        }
        return right;
    }

    /** The hash begins with its own salt and number of rounds. */
    private static String crypt(byte[] password, String hash) {
        return hash.startsWith("$5$") ? Sha2Crypt.sha256Crypt(password, hash) : Sha2Crypt.sha512Crypt(password, hash);
    }

    private void keep(ByteBuffer key) {
        lock.lock();
        try {
            rightUntil.put(key, nanoTime.getAsLong() + REMEMBERED_NANOS);
        } finally {
            lock.unlock();
        }
    }

    /** The stored hash is part of it, so that a password ends with the hash that it belongs to. */
    private ByteBuffer key(String hash, Credentials given) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            digest.update(ascii(hash));
            digest.update((byte) 0);
            return ByteBuffer.wrap(digest.digest(given.passwordBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
