// The command line: the same engine as the page, for scripts and pipelines.
#include <charconv>
#include <csignal>

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "app/cli/terminal.h"

namespace pmo::cli {

std::optional<std::string> Arguments::get(const std::string& name) const {
  const auto at = options.find(name);
  return at == options.end() ? std::nullopt : std::optional(at->second);
}

Result<std::int64_t> Arguments::integer(const std::string& name, std::int64_t otherwise, Range range) const {
  const auto text = get(name);
  if (!text) return otherwise;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return fail("error.cli.number"_key, {name, *text});
  if (value < range.least || value > range.most)
    return fail("error.cli.range"_key, {name, *text, std::to_string(range.least), std::to_string(range.most)});
  return value;
}

std::span<const Command> commands() {
  constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
  static const Command list[] = {
      {"registers", "cli.registers"_key, 0, 0, {"--json"}, list_registers},
      {"validate", "cli.validate"_key, 1, 1, {"--json"}, validate},
      {"schema", "cli.schema"_key, 0, 0, {}, print_schema},
      {"convert", "cli.convert"_key, 2, 2, {"--confidential", "--locked", "--protect", "--without-attachments", "--columns=", "--encoding="}, convert},
      {"merge", "cli.merge"_key, 2, any, {"-o=", "--json"}, merge_files},
      {"changes", "cli.changes"_key, 1, 1, {"--since=", "-o=", "--locked"}, changes},
      {"part", "cli.part"_key, 1, 1, {"--person=", "-o=", "--confidential", "--locked"}, part},
      {"sample", "cli.sample"_key, 1, 1, {}, sample},
      {"schedule", "cli.schedule"_key, 1, 1, {"--level", "--trials=", "--seed=", "--within-float", "--float-paths", "--json"}, schedule_file},
      {"level", "cli.level"_key, 0, 0, {"--psplib=", "--schedules=", "--seed=", "--json"}, level},
      {"simulate", "cli.simulate"_key, 1, 1, {"--iterations=", "--seed=", "--shape=", "--correlation=", "--resource-correlation=", "--spread=", "--no-risks", "--json"}, simulate},
      {"earned-value", "cli.earned_value"_key, 0, 1, {"--date=", "--baseline=", "--table=", "--bac=", "--planned-duration=", "--json"}, earned_value},
  };
  return list;
}

namespace {

using Words = std::vector<std::string>;

bool is_value(const Words& words, std::size_t at) { return at < words.size() && !words[at].starts_with("--"); }

Result<Arguments> parse_arguments(const Command& command, const Words& words) {
  Arguments arguments;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("-") || word == "-") {
      arguments.files.push_back(word);
      continue;
    }
    const bool valued = std::ranges::contains(command.options, word + "=");
    if (!valued && !std::ranges::contains(command.options, word)) return fail("error.cli.option"_key, {word});
    if (valued && !is_value(words, i + 1)) return fail("error.cli.value"_key, {word});
    arguments.options[word] = valued ? words[++i] : "";
  }
  if (arguments.files.size() < command.least_files) return fail("error.cli.files"_key, {std::to_string(command.least_files)});
  if (arguments.files.size() > command.most_files) return fail("error.cli.too_many"_key, {arguments.files[command.most_files]});
  return arguments;
}

// Taken out of the words, wherever it stands.
Result<Language> take_language(Words& words) {
  std::string name = "PMO_LANGUAGE", tag = environment(name.c_str()).value_or("");
  for (auto at = std::ranges::find(words, "--language"); at != words.end(); at = std::ranges::find(words, "--language")) {
    name = *at;
    if (!is_value(words, static_cast<std::size_t>(at - words.begin()) + 1)) return fail("error.cli.value"_key, {name});
    tag = at[1];
    words.erase(at, at + 2);
  }
  if (!tag.empty() && !tag.starts_with("en") && !tag.starts_with("zh")) return fail("error.cli.language"_key, {name, tag});
  return language_from_tag(tag);
}

bool asks_for_help(std::string_view word) { return word == "help" || word == "--help" || word == "-h"; }

void help(Language language) {
  print_line(word("cli.usage"_key, language));
  for (const auto& command : commands()) print_line("  " + std::string(word(command.help, language)));
}

Result<void> run_command(const Command& command, const Words& words, Language language) {
  if (words.size() == 2 && asks_for_help(words[1])) {
    print_line("  " + std::string(word(command.help, language)));
    return {};
  }
  Session session{.arguments = PMO_TRY(parse_arguments(command, words)), .language = language, .surroundings = {}, .actor = {}};
  session.actor = Id::make(session.surroundings.milliseconds(), session.surroundings.random(), session.surroundings.random());
  return command.run(session);
}

Result<void> run_words(const Words& words, Language language) {
  const std::string_view name = words.empty() ? "help" : std::string_view(words[0]);
  const auto all = commands();
  const auto command = std::ranges::find(all, name, &Command::name);
  if (command != all.end()) return run_command(*command, words, language);
  if (!asks_for_help(name)) return fail("error.cli.command"_key, {std::string(name)});
  help(language);
  return {};
}

int run(Words words) {
  const auto language = take_language(words);
  auto result = language ? run_words(words, *language) : std::unexpected(language.error());
  if (!flush_output() && result) result = fail("error.file.not_written"_key, {}, "stdout");
  if (result) return 0;
  tell_line(describe(result.error(), language.value_or(Language::english)));
  return result.error().message.name.starts_with("error.cli.") ? 2 : 1;
}

}  // namespace
}  // namespace pmo::cli

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);  // output.h tells what happens instead
  return pmo::cli::run({words + 1, words + count});
}
