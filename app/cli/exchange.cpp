// `validate`, `convert`, `merge`, `sample`: reading, writing, joining and making project files.
#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/output.h"
#include "app/model/merge.h"
#include "app/model/own_part.h"
#include "app/model/problems.h"
#include "app/sample/sample.h"
#include "storage/bundle/bundle.h"
#include "storage/bundle/json_schema.h"
#include "storage/file_forms.h"
#include "storage/protection.h"

namespace pmo::cli {
namespace {

// What the end of a name asks for; another end than those there are is a slip, not a wish for a bundle.
Result<const storage::FileForm*> form_of(const std::string& path) {
  if (const auto* form = storage::form_of(path)) return form;
  std::string known;
  for (const auto& form : storage::file_forms()) known += (known.empty() ? "" : ", ") + std::string(form.extension);
  return fail("error.cli.ending"_key, {path, known});
}
Result<void> need_bundle_name(const std::string& path) {
  const auto& bundle = storage::file_forms().front();
  if (storage::form_of(path) == &bundle) return {};
  return fail("error.cli.ending"_key, {path, std::string(bundle.extension)});
}

// Everything here is answered at once.
Result<void> write_bundle_to(const std::string& path, const Project& project, storage::ExportOptions options,
                             const std::function<Result<ContentPtr>(ContentPtr)>& lock = {}) {
  Result<void> done = fail("error.file.not_written"_key, {}, path);
  storage::write_bundle_file(project, std::move(options), [&](Result<storage::BundleFile> file) {
    auto content = !file ? std::unexpected(file.error()) : lock ? lock(file->content) : Result<ContentPtr>(file->content);
    done = content ? write_file(path, *content) : std::unexpected(content.error());
  });
  return done;
}

Json error_json(const Session& session, const Error& error) {
  return {{"id", error.message.name}, {"place", error.place}, {"text", describe(error, session.language)}};
}

Json problems_json(const Session& session, const std::vector<Error>& problems) {
  auto list = Json::array();
  for (const auto& problem : problems) list.push_back(error_json(session, problem));
  return list;
}

}  // namespace

Result<void> validate(Session& session) {
  const auto& path = session.arguments.files[0];
  const auto project = open_project(session, path);
  if (session.json()) {
    Json json{{"file", path}, {"valid", project.has_value()}};
    if (!project) {
      json["error"] = error_json(session, project.error());
    } else {
      json["revision"] = storage::revision_of(**project);
      for (const auto* info : product_schema().registers())
        if (const auto size = (*project)->table(*info).size(); size > 0) json["counts"][info->name] = size;
      json["problems"] = problems_json(session, problems_of(**project));
    }
    print_line(lines_of(json));
  }
  if (!project) return std::unexpected(project.error());
  if (session.json()) return {};
  const auto problems = problems_of(**project);
  for (const auto& problem : problems) print_line(describe(problem, session.language));
  print_line(problems.empty() ? session.text("cli.valid"_key, {path}) : session.text("cli.valid.problems"_key, {path, std::to_string(problems.size())}));
  return {};
}

Result<void> convert(Session& session) {
  const auto& path = session.arguments.files[1];
  const auto& form = *PMO_TRY(form_of(path));
  auto file = PMO_TRY(open_whole(session, session.arguments.files[0]));
  const bool confidential = session.arguments.has("--confidential");
  const bool locked = session.arguments.has("--locked");
  if (form.name != "bundle") {
    const auto written = form.write(
        *file.project, {.confidential = confidential, .locked = locked, .language = session.language, .milliseconds = session.surroundings.milliseconds()});
    for (const auto& note : written.notes) tell_line(describe(note, session.language));
    return write_file(path, written.bytes);
  }
  if (session.arguments.has("--without-attachments")) file.attachments.clear();
  storage::ExportOptions options{.confidential = confidential, .locked = locked, .attachments = std::move(file.attachments)};
  if (!session.arguments.has("--protect")) return write_bundle_to(path, *file.project, std::move(options));
  const auto word = PMO_TRY(password(session, true));
  return write_bundle_to(path, *file.project, std::move(options), [&](const ContentPtr& content) -> Result<ContentPtr> {
    if (content->size() > storage::largest_file) return fail("error.export.too_large"_key, {std::to_string(storage::largest_file >> 20)}, path);
    Result<ContentPtr> locked = fail("error.file.unreadable"_key, {}, path);
    read_whole(content, [&](const Result<std::string>& bytes) {
      auto closed = bytes ? storage::protect(*bytes, word, session.surroundings) : std::unexpected(bytes.error());
      locked = closed ? Result<ContentPtr>(content_of(std::move(*closed))) : std::unexpected(closed.error());
    });
    return locked;
  });
}

Result<void> print_schema(Session&) {
  print_line(storage::bundle_json_schema(product_schema()));
  return {};
}

Result<void> merge_files(Session& session) {
  const auto output = session.arguments.get("-o");
  if (!output) return fail("error.cli.value"_key, {"-o"});
  PMO_TRY_VOID(need_bundle_name(*output));
  const auto& files = session.arguments.files;
  auto first = PMO_TRY(open_whole(session, files[0]));
  const auto& base = first.project;
  Json json{{"files", Json::array()}};
  for (std::size_t i = 1; i < files.size(); ++i) {
    auto opened = PMO_TRY(open_whole(session, files[i]));
    const auto& other = opened.project;
    first.attachments.merge(opened.attachments);
    if (storage::project_id(*base) != storage::project_id(*other))
      return fail("error.merge.other_project"_key, {files[0], files[i]});
    if (opened.since && !base->complete().covers(*opened.since)) return fail("error.bundle.since"_key, {}, files[i]);
    const auto plan = plan_merge(*base, *other);
    if (plan.clock_deserves_warning())
      tell_line(files[i] + ": " + session.text("import.clock"_key, {std::to_string(plan.clock_ahead_milliseconds / 60'000)}));
    const auto before = problems_of(*base);
    PMO_TRY_VOID(merge(*base, *other, plan, "transaction.import"_key, {files[i]}));
    const auto problems = new_problems(*base, before);
    for (const auto& problem : problems) tell_line(files[i] + ": " + describe(problem, session.language));
    json["files"].push_back({{"file", files[i]}, {"added", plan.added}, {"changed", plan.changed},
                             {"deleted", plan.deleted}, {"conflicts", plan.conflicts}, {"unchanged", plan.unchanged},
                             {"commits", plan.commits}, {"clock_ahead_minutes", plan.clock_ahead_milliseconds / 60'000},
                             {"problems", problems_json(session, problems)}});
  }
  json["revision"] = storage::revision_of(*base);
  PMO_TRY_VOID(write_bundle_to(*output, *base, {.confidential = true, .locked = true, .attachments = std::move(first.attachments)}));
  if (session.json()) print_line(lines_of(json));
  return {};
}

Result<void> changes(Session& session) {
  const auto since = session.arguments.get("--since"), output = session.arguments.get("-o");
  if (!since || !output) return fail("error.cli.value"_key, {since ? "-o" : "--since"});
  PMO_TRY_VOID(need_bundle_name(*output));
  auto mine = PMO_TRY(open_whole(session, session.arguments.files[0]));
  const auto theirs = PMO_TRY(open_project(session, *since));
  if (storage::project_id(*mine.project) != storage::project_id(*theirs))
    return fail("error.merge.other_project"_key, {session.arguments.files[0], *since});
  return write_bundle_to(*output, *mine.project, {.confidential = true, .locked = session.arguments.has("--locked"), .since = theirs->complete(), .attachments = std::move(mine.attachments)});
}

Result<void> part(Session& session) {
  const auto name = session.arguments.get("--person"), output = session.arguments.get("-o");
  if (!name || !output) return fail("error.cli.value"_key, {name ? "-o" : "--person"});
  PMO_TRY_VOID(need_bundle_name(*output));
  auto whole = PMO_TRY(open_whole(session, session.arguments.files[0]));
  const auto& people = whole.project->all<Person>();
  const auto person = std::ranges::find(people, *name, &Person::name);
  if (person == people.end()) return fail("error.part.person"_key, {*name}, session.arguments.files[0]);
  return write_bundle_to(*output, *whole.project, {.confidential = session.arguments.has("--confidential"), .locked = session.arguments.has("--locked"),
                         .only = part_concerning(*whole.project, {(*person).id}), .attachments = std::move(whole.attachments)});
}

Result<void> sample(Session& session) {
  PMO_TRY_VOID(need_bundle_name(session.arguments.files[0]));
  Project project(product_schema(), session.actor, session.surroundings);
  PMO_TRY_VOID(make_sample_project(project, session.language));
  return write_file(session.arguments.files[0], storage::write_bundle(project, {.confidential = true}));
}

}  // namespace pmo::cli
