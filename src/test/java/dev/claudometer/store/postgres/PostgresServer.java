package dev.claudometer.store.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One real PostgreSQL for all tests of a run, ended with them. Each test has schemas of its own.
@Tag("database")
public final class PostgresServer implements ParameterResolver {

  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(PostgresServer.class);

  /// A running server.
  public record Running(EmbeddedPostgres postgres) implements AutoCloseable {

    /// The URL of a schema, made where it does not exist.
    public String schema(String name) {
      try (var connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + name);
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
      return "postgresql://postgres@localhost:"
          + postgres.getPort()
          + "/postgres?currentSchema="
          + name;
    }

    @Override
    public void close() throws IOException {
      postgres.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(Running.class, _ -> start(), Running.class);
  }

  private static Running start() {
    try {
      return new Running(
          EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
