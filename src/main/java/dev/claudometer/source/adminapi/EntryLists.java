package dev.claudometer.source.adminapi;

import dev.claudometer.fetch.Answer;
import dev.claudometer.fetch.Answer.Failed;
import dev.claudometer.fetch.Answer.Given;
import dev.claudometer.fetch.GetRequest.Pair;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.OrganizationEntry;
import dev.claudometer.model.OrganizationEntry.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The names behind the ids of a bill.
record EntryLists(AdminApi api) {

  private static final List<Entries> LISTS =
      List.of(
          new Entries("api_keys", List.of(Pages.LIMIT), EntryLists::key),
          new Entries("users", List.of(Pages.LIMIT), EntryLists::user),
          new Entries(
              "workspaces",
              List.of(Pages.LIMIT, new Pair("include_archived", "true")),
              EntryLists::workspace));

  Answer<List<OrganizationEntry>> all() throws InterruptedException {
    List<OrganizationEntry> entries = new ArrayList<>();
    for (Entries list : LISTS) {
      switch (list.all(api)) {
        case Failed<List<OrganizationEntry>> failed -> {
          return failed;
        }
        case Given<List<OrganizationEntry>>(List<OrganizationEntry> some) -> entries.addAll(some);
      }
    }
    return new Given<>(entries);
  }

  /// Whose key it is.
  Answer<OrganizationEntry> organization() throws InterruptedException {
    return api.ask("me", List.of(), EntryLists::organization);
  }

  private record Entries(
      String path, List<Pair> parameters, Function<JsonValue, OrganizationEntry> reader) {

    Answer<List<OrganizationEntry>> all(AdminApi api) throws InterruptedException {
      return new Pages(api, path, "after_id", "last_id").all(parameters, reader);
    }
  }

  private static OrganizationEntry organization(JsonValue told) {
    return entry(Kind.ORGANIZATION, told, "", "", "");
  }

  private static OrganizationEntry key(JsonValue told) {
    String owner = told.at("created_by").at("id").textOr(told.at("principal").at("id").textOr(""));
    return entry(
        Kind.API_KEY,
        told,
        told.at("status").textOr(""),
        owner,
        told.at("workspace_id").textOr(""));
  }

  private static OrganizationEntry user(JsonValue told) {
    return entry(Kind.USER, told, told.at("role").textOr(""), "", "");
  }

  private static OrganizationEntry workspace(JsonValue told) {
    String status = told.at("archived_at").absent() ? "" : "archived";
    return entry(Kind.WORKSPACE, told, status, "", "");
  }

  private static OrganizationEntry entry(
      Kind kind, JsonValue told, String status, String owner, String workspace) {
    return new OrganizationEntry(
        kind,
        told.at("id").text(),
        told.at("name").textOr(""),
        told.at("email").textOr(""),
        status,
        owner,
        workspace);
  }
}
