package dev.claudometer.model;

/// What a machine believes that a server has of it, told with each delivery. A server whose
/// database was put back to an earlier state has less, and sees it by this.
///
/// @param sender names the store that is sent from: revisions are its own
/// @param after the revision up to which the server has acknowledged everything
/// @param upTo the revision up to which it has everything once it has this delivery
/// @param generation of the server's database, as it last answered; 0 where it has not yet
public record Claim(String sender, long after, long upTo, long generation) {}
