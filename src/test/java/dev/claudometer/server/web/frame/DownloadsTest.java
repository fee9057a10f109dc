package dev.claudometer.server.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.claudometer.model.Usd;
import dev.claudometer.server.web.table.Cell;
import dev.claudometer.server.web.table.Figures;
import dev.claudometer.server.web.table.Table;
import dev.claudometer.server.web.table.Table.Column;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DownloadsTest {

  @Test
  void tinyCostsHaveNoExponentInCsv() throws IOException {
    var figures = new Figures(ZoneOffset.UTC, "USD", BigDecimal.ONE, "");
    var table =
        Table.of(
            "costs",
            "Costs",
            List.of(Column.number("cost", "Cost")),
            List.of(List.of(Cell.money(figures, new Usd(100)))),
            "");
    var body = (InputStream) Objects.requireNonNull(Downloads.of(table, "csv").body());
    assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("cost\r\n0.0000001\r\n");
  }
}
