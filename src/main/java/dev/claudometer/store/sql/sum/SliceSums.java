package dev.claudometer.store.sql.sum;

import dev.claudometer.model.DeviceId;
import dev.claudometer.model.ProjectName;
import dev.claudometer.model.SessionId;
import dev.claudometer.store.Slice;
import dev.claudometer.store.sql.engine.NameTable;
import dev.claudometer.store.sql.engine.SumColumns;
import dev.claudometer.usage.Totals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds slices of the same dimensions.
final class SliceSums {

  private record Key(
      String model, ProjectName project, SessionId session, String branch, DeviceId device) {

    // a record's own two are chains of method handles, which the quick compiler never makes fast
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && model.equals(that.model)
          && project.equals(that.project)
          && session.equals(that.session)
          && branch.equals(that.branch)
          && device.equals(that.device);
    }

    @Override
    public int hashCode() {
      return 31
              * (31 * (31 * (31 * model.hashCode() + project.hashCode()) + session.hashCode())
                  + branch.hashCode())
          + device.hashCode();
    }
  }

  private final Map<Key, Totals> sums = new LinkedHashMap<>();

  /// One that a row tells, from a column on: dimensions in the order of
  /// [dev.claudometer.store.Dimension], and sums.
  static Slice read(ResultSet row, int first, NameTable names) throws SQLException {
    return new Slice(
        names.text(row.getLong(first)),
        names.project(row.getLong(first + 1)),
        names.session(row.getLong(first + 2)),
        names.text(row.getLong(first + 3)),
        names.device(row.getLong(first + 4)),
        SumColumns.read(row, first + 5));
  }

  void add(Slice slice) {
    sums.merge(
        new Key(slice.model(), slice.project(), slice.session(), slice.branch(), slice.device()),
        slice.totals(),
        Totals::plus);
  }

  List<Slice> slices() {
    return sums.entrySet().stream()
        .map(
            sum ->
                new Slice(
                    sum.getKey().model(),
                    sum.getKey().project(),
                    sum.getKey().session(),
                    sum.getKey().branch(),
                    sum.getKey().device(),
                    sum.getValue()))
        .toList();
  }
}
