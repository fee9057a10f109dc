package dev.claudometer.store.sql.engine;

import dev.claudometer.model.ProjectName;

/// The working directory of a project.
public record ProjectPath(ProjectName project, String path) {}
