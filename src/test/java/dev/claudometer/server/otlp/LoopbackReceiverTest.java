package dev.claudometer.server.otlp;

class LoopbackReceiverTest extends ReceiverContract {

  @Override
  protected Receiver start(Ports ports, TelemetryIntake intake, Senders senders) {
    return Receiver.ofThisMachine(ports, intake, senders);
  }
}
