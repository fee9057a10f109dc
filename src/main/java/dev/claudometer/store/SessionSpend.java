package dev.claudometer.store;

import dev.claudometer.model.SessionId;
import dev.claudometer.model.Usd;

/// What a session cost within a range, in dollars of cost mode `auto`.
public record SessionSpend(SessionId session, Usd cost) {}
