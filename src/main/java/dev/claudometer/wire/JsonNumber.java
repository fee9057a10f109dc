package dev.claudometer.wire;

/// A number as it stands in JSON: it is only computed where its field says what it may be.
///
/// @param text at most 64 characters; an exponent may be of any size
/// @param whole without fraction and exponent
public record JsonNumber(String text, boolean whole) {}
