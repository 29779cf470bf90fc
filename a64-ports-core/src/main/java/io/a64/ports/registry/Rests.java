package io.a64.ports.registry;

import java.time.Duration;

/**
 * How long ports stay what they are before a sweep frees them.
 *
 * @param lease a reservation that is not renewed
 * @param cooldown a released port
 * @param quarantine a port that something else was bound to
 */
public record Rests(Duration lease, Duration cooldown, Duration quarantine) {}
