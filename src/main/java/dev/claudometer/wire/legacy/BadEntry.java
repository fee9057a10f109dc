package dev.claudometer.wire.legacy;

/// One objection to an entry; an entry may have several.
///
/// @param index the entry's place in `entries`, from 0
/// @param field the field below the entry, empty where the entry itself is wrong
/// @param message as zod 3 words it
public record BadEntry(int index, String field, String message) {}
