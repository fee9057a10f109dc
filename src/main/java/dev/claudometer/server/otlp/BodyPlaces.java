package dev.claudometer.server.otlp;

import dev.claudometer.model.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Places for bodies: few for each machine, and not too many for all, so that neither many callers
/// nor one fill the memory. Where there is none left, the body that has been on its way longest
/// gives way, the machine's own before others': whoever sends at once gets in.
final class BodyPlaces {

  private static final long MIB = 1 << 20;
  private static final int OF_A_MACHINE = 8;
  private static final int MOST = 64;

  private final int most;
  private final int ofAMachine;

  /// Taken, in the order that they were taken in.
  private final List<Place> taken = new ArrayList<>();

  BodyPlaces(int most, int ofAMachine) {
    this.most = most;
    this.ofAMachine = ofAMachine;
  }

  /// As many as bodies of that size fit into a quarter of the heap.
  static BodyPlaces ofThisProcess(long bodyBytes) {
    long fitting = Runtime.getRuntime().maxMemory() / 4 / Math.max(bodyBytes, MIB);
    return new BodyPlaces(Math.clamp(fitting, OF_A_MACHINE, MOST), OF_A_MACHINE);
  }

  /// One body's place, until it has been answered.
  final class Place implements AutoCloseable {

    private final DeviceId machine;
    private final Runnable giveWay;
    private boolean arrived;

    private Place(DeviceId machine, Runnable giveWay) {
      this.machine = machine;
      this.giveWay = giveWay;
    }

    /// The whole body is here: it does not give way any more.
    ///
    /// @return false where it has given way
    boolean arrived() {
      synchronized (BodyPlaces.this) {
        arrived = true;
        return taken.contains(this);
      }
    }

    @Override
    public void close() {
      synchronized (BodyPlaces.this) {
        taken.remove(this);
      }
    }
  }

  /// Takes a place.
  ///
  /// @param giveWay ends a body that is still on its way
  /// @return null where no place is free and no body can give way
  @Nullable Place take(DeviceId machine, Runnable giveWay) {
    Place oldest = null;
    Place place;
    synchronized (this) {
      Predicate<Place> own = each -> each.machine.equals(machine);
      boolean tooManyOwn = taken.stream().filter(own).count() >= ofAMachine;
      if (tooManyOwn || taken.size() >= most) {
        oldest = oldest(own);
        oldest = oldest == null && !tooManyOwn ? oldest(_ -> true) : oldest;
        if (oldest == null) {
          return null;
        }
        taken.remove(oldest);
      }
      place = new Place(machine, giveWay);
      taken.add(place);
    }
    if (oldest != null) {
      oldest.giveWay.run();
    }
    return place;
  }

  private @Nullable Place oldest(Predicate<Place> whose) {
    return taken.stream().filter(place -> !place.arrived).filter(whose).findFirst().orElse(null);
  }
}
