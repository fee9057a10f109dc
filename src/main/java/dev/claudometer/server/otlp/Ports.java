package dev.claudometer.server.otlp;

/// Where telemetry is listened for.
///
/// @param http [#NONE] for no listening
/// @param grpc [#NONE] for no listening
public record Ports(int http, int grpc) {

  public static final int NONE = -1;
  public static final int USUAL_HTTP = 4318;
  public static final int USUAL_GRPC = 4317;

  public static final Ports OFF = new Ports(NONE, NONE);
}
