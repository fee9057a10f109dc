package dev.claudometer.store.sql;

/// The working directory of a project.
record ProjectPath(String project, String path) {}
