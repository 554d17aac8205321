// The command line: the same engine as the page, for scripts and pipelines.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <print>

#include "app/cli/command.h"

namespace pmo::cli {

std::optional<std::string> Arguments::get(const std::string& name) const {
  const auto at = options.find(name);
  return at == options.end() ? std::nullopt : std::optional(at->second);
}

Result<std::int64_t> Arguments::integer(const std::string& name, std::int64_t otherwise) const {
  const auto text = get(name);
  if (!text) return otherwise;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return fail("error.cli.number"_key, {name, *text});
  return value;
}

std::span<const Command> commands() {
  static const Command list[] = {
      {"registers", "cli.registers"_key, {"--json"}, list_registers},
      {"validate", "cli.validate"_key, {"--json"}, validate},
      {"schema", "cli.schema"_key, {}, print_schema},
      {"convert", "cli.convert"_key, {"--confidential", "--locked", "--protect", "--without-attachments", "--columns=", "--encoding="}, convert},
      {"merge", "cli.merge"_key, {"-o=", "--json"}, merge_files},
      {"changes", "cli.changes"_key, {"--since=", "-o=", "--locked"}, changes},
      {"part", "cli.part"_key, {"--person=", "-o=", "--confidential", "--locked"}, part},
      {"sample", "cli.sample"_key, {}, sample},
      {"schedule", "cli.schedule"_key, {"--level", "--float-paths", "--json"}, schedule_file},
      {"level", "cli.level"_key, {"--psplib=", "--schedules=", "--seed=", "--json"}, level},
      {"simulate", "cli.simulate"_key, {"--iterations=", "--seed=", "--shape=", "--correlation=", "--json"}, simulate},
      {"earned-value", "cli.earned_value"_key, {"--date=", "--table=", "--bac=", "--planned-duration=", "--json"}, earned_value},
  };
  return list;
}

namespace {

Result<Arguments> parse_arguments(const Command& command, std::span<char*> words) {
  Arguments arguments;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = words[i];
    if (!word.starts_with("-") || word == "-") {
      arguments.files.push_back(word);
      continue;
    }
    if (word == "--language" && i + 1 < words.size()) { ++i; continue; }
    const bool flag = std::ranges::contains(command.options, word);
    const bool valued = std::ranges::contains(command.options, word + "=");
    if (!flag && !valued) return fail("error.cli.option"_key, {word});
    if (valued && i + 1 == words.size()) return fail("error.cli.value"_key, {word});
    arguments.options[word] = valued ? words[++i] : "";
  }
  return arguments;
}

Language language_of(std::span<char*> words) {
  for (std::size_t i = 0; i + 1 < words.size(); ++i)
    if (std::string_view(words[i]) == "--language") return language_from_tag(words[i + 1]);
  const char* environment = std::getenv("PMO_LANGUAGE");
  return language_from_tag(environment ? environment : "en");
}

int help(Language language) {
  std::println("{}", word("cli.usage"_key, language));
  for (const auto& command : commands()) std::println("  {}", word(command.help, language));
  return 0;
}

int run(std::span<char*> words) {
  const auto language = language_of(words);
  const std::string_view name = words.empty() ? "help" : words[0];
  if (name == "help" || name == "--help" || name == "-h") return help(language);
  const auto all = commands();
  const auto command = std::ranges::find(all, name, &Command::name);
  if (command == all.end()) {
    std::println(stderr, "{}", phrase("error.cli.command"_key, std::vector{std::string(name)}, language));
    return 2;
  }
  auto arguments = parse_arguments(*command, words.subspan(1));
  Session session{.arguments = arguments.value_or(Arguments{}), .language = language, .surroundings = {}, .actor = {}};
  session.actor = Id::make(session.surroundings.milliseconds(), session.surroundings.random(), session.surroundings.random());
  const auto result = arguments ? command->run(session) : std::unexpected(arguments.error());
  if (result) return 0;
  std::println(stderr, "{}", describe(result.error(), language));
  return 1;
}

}  // namespace
}  // namespace pmo::cli

int main(int count, char** words) { return pmo::cli::run({words + 1, static_cast<std::size_t>(count - 1)}); }
