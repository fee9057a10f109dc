package dev.claudometer.store.sql.engine;

/// The working directory of a project.
public record ProjectPath(String project, String path) {}
