// Customer satisfaction: what customers need and expect, surveys, and what they say.
#pragma once

#include "app/model/records/issue.h"

namespace pmo {

enum class NeedKind : unsigned char { need, expectation, requirement };
enum class NeedStatus : unsigned char { open, agreed, fulfilled, not_fulfilled, dropped };

struct CustomerNeed : Record {
  std::string title;
  NeedKind kind = NeedKind::need;
  NeedStatus status = NeedStatus::open;
  Priority priority = Priority::medium;
  Ref<Person> customer, owner;
  std::int64_t importance = 0, satisfaction = 0;  // 1..5, 0 = not asked
  std::string measure;
  std::optional<Day> raised_on, due;
  Refs<Task> tasks;
  std::string description;
};

template <>
struct Describe<CustomerNeed> {
  static RegisterInfo make() {
    using R = CustomerNeed;
    return Describer<R>("CN", Desk::quality)
        .field("title", &R::title, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("status", &R::status, {.closed = "fulfilled not_fulfilled dropped"})
        .field("priority", &R::priority)
        .field("customer", &R::customer)
        .field("importance", &R::importance, {.minimum = 0, .maximum = 5})
        .field("satisfaction", &R::satisfaction, {.minimum = 0, .maximum = 5})
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("measure", &R::measure)
        .field("raised_on", &R::raised_on)
        .field("tasks", &R::tasks)
        .field("description", &R::description, {.lines = true})
        .in_order<&R::raised_on, &R::due>();
  }
};

enum class SurveyStatus : unsigned char { draft, sent, closed };

struct Survey : Record {
  std::string title;
  SurveyStatus status = SurveyStatus::draft;
  std::string audience;
  std::optional<Day> sent_on, due;
  std::int64_t invited = 0;
  Ref<Person> owner;
  std::string questions, conclusions;
};

template <>
struct Describe<Survey> {
  static RegisterInfo make() {
    using R = Survey;
    return Describer<R>("SV", Desk::quality)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "closed"})
        .field("audience", &R::audience)
        .field("sent_on", &R::sent_on)
        .field("due", &R::due, {.due = true})
        .field("invited", &R::invited, {.minimum = 0})
        .field("owner", &R::owner, {.responsible = true})
        .field("questions", &R::questions, {.lines = true})
        .field("conclusions", &R::conclusions, {.lines = true})
        .in_order<&R::sent_on, &R::due>()
        .needs<&R::status, SurveyStatus::sent, &R::sent_on>();
  }
};

enum class FeedbackKind : unsigned char { answer, praise, suggestion, complaint };
enum class FeedbackStatus : unsigned char { open, in_progress, done, no_action };

struct Feedback : Record {
  std::string title;  // in a few words
  FeedbackKind kind = FeedbackKind::answer;
  FeedbackStatus status = FeedbackStatus::open;
  Ref<Survey> survey;
  Ref<Person> customer, owner;
  std::string theme;
  std::optional<std::int64_t> satisfaction;    // 1..5
  std::optional<std::int64_t> recommendation;  // 0..10
  std::optional<Day> given_on, due, improved_on;
  std::string comment, improvement, effect;
};

template <>
struct Describe<Feedback> {
  static RegisterInfo make() {
    using R = Feedback;
    return Describer<R>("FB", Desk::quality)
        .field("title", &R::title, {.required = true, .title = true})
        .field("kind", &R::kind)
        .field("status", &R::status, {.closed = "done no_action"})
        .field("customer", &R::customer)
        .field("theme", &R::theme)
        .field("satisfaction", &R::satisfaction, {.minimum = 1, .maximum = 5})
        .field("recommendation", &R::recommendation, {.minimum = 0, .maximum = 10})
        .field("given_on", &R::given_on)
        .field("survey", &R::survey)
        .field("owner", &R::owner, {.responsible = true})
        .field("due", &R::due, {.due = true})
        .field("improved_on", &R::improved_on)
        .field("comment", &R::comment, {.lines = true})
        .field("improvement", &R::improvement, {.lines = true})
        .field("effect", &R::effect, {.lines = true})
        .in_order<&R::given_on, &R::due>();
  }
};

}  // namespace pmo
