// Competencies: what roles need and persons have; courses, sessions and what they brought.
#pragma once

#include "app/model/records/organisation.h"
#include "app/model/records/resource.h"

namespace pmo {

enum class CompetencyGroup : unsigned char { project_management, communication, organisation, teamwork, technical, learning };

struct Competency : Record {
  std::string name;
  CompetencyGroup group = CompetencyGroup::project_management;
  std::string description, levels;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<Competency> {
  static RegisterInfo make() {
    using R = Competency;
    return Describer<R>("CO", Desk::training)
        .field("name", &R::name, {.required = true, .title = true})
        .field("group", &R::group)
        .field("description", &R::description, {.lines = true})
        .field("levels", &R::levels, {.lines = true})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

// The level (1..5) of a competency that a role asks for.
struct CompetencyNeed : Record {
  Ref<ProjectRole> role;
  Ref<Competency> competency;
  std::int64_t level = 3;
  bool mandatory = true;
  std::string remark;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<CompetencyNeed> {
  static RegisterInfo make() {
    using R = CompetencyNeed;
    return Describer<R>("CD", Desk::training)
        .field("role", &R::role, {.owner = true})
        .field("competency", &R::competency)
        .field("level", &R::level, {.minimum = 1, .maximum = 5})
        .field("mandatory", &R::mandatory)
        .field("remark", &R::remark, {.title = true})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

enum class AssessmentMethod : unsigned char { self, manager, test, observation, certificate };

// The level (0..5) of a person in a competency; the newest assessment counts.
struct CompetencyAssessment : Record {
  Ref<Person> person;
  Ref<Competency> competency;
  std::int64_t level = 0;
  std::optional<Day> assessed_on;
  Ref<Person> assessor;
  AssessmentMethod method = AssessmentMethod::manager;
  std::string evidence;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<CompetencyAssessment> {
  static RegisterInfo make() {
    using R = CompetencyAssessment;
    return Describer<R>("CV", Desk::training)
        .field("person", &R::person, {.owner = true})
        .field("competency", &R::competency)
        .field("level", &R::level, {.minimum = 0, .maximum = 5})
        .field("assessed_on", &R::assessed_on)
        .field("assessor", &R::assessor)
        .field("method", &R::method)
        .field("evidence", &R::evidence, {.title = true})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

enum class CourseMethod : unsigned char { classroom, online, on_the_job, coaching, self_study };

struct Course : Record {
  std::string title;
  CourseMethod method = CourseMethod::classroom;
  std::string target_group, provider, trainer;
  WorkMinutes length;
  Money cost;
  Refs<Competency> competencies;
  std::int64_t level = 3;  // that it leads to
  std::int64_t certificate_months = 0;  // how long its certificate is valid; 0: none, or for ever
  std::string objective, content, materials;
  Ref<Person> owner;  // who keeps the entry
  EntryStatus status = EntryStatus::in_use;
};

template <>
struct Describe<Course> {
  static RegisterInfo make() {
    using R = Course;
    return Describer<R>("TC", Desk::training)
        .field("title", &R::title, {.required = true, .title = true})
        .field("method", &R::method)
        .field("target_group", &R::target_group)
        .field("competencies", &R::competencies)
        .field("level", &R::level, {.minimum = 0, .maximum = 5})
        .field("length", &R::length, {.hours = true, .minimum = 0})
        .field("cost", &R::cost, {.minimum = 0})
        .field("trainer", &R::trainer)
        .field("provider", &R::provider)
        .field("certificate_months", &R::certificate_months, {.minimum = 0, .maximum = 600})
        .field("objective", &R::objective, {.lines = true})
        .field("content", &R::content, {.lines = true})
        .field("materials", &R::materials, {.lines = true})
        .field("owner", &R::owner)
        .field("status", &R::status);
  }
};

enum class TrainingNeedSource : unsigned char { gap, request, regulation, new_tool };
enum class TrainingNeedStatus : unsigned char { open, planned, in_training, met, dropped };

struct TrainingNeed : Record {
  std::string title;
  TrainingNeedStatus status = TrainingNeedStatus::open;
  TrainingNeedSource source = TrainingNeedSource::gap;
  Ref<Person> person, owner;
  Ref<Competency> competency;
  std::int64_t required_level = 0, current_level = 0;
  Ref<Course> course;
  std::optional<Day> due;
  Ref<Resource> resource;  // which is constrained until the need is met
  std::string remark;
};

template <>
struct Describe<TrainingNeed> {
  static RegisterInfo make() {
    using R = TrainingNeed;
    return Describer<R>("TN", Desk::training)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "met dropped"})
        .field("source", &R::source)
        .field("person", &R::person)
        .field("competency", &R::competency)
        .field("required_level", &R::required_level, {.minimum = 0, .maximum = 5})
        .field("current_level", &R::current_level, {.minimum = 0, .maximum = 5})
        .field("course", &R::course)
        .field("due", &R::due, {.due = true})
        .field("owner", &R::owner, {.responsible = true})
        .field("resource", &R::resource)
        .field("remark", &R::remark, {.lines = true});
  }
};

enum class SessionStatus : unsigned char { planned, invited, held, evaluated, cancelled };

struct TrainingSession : Record {
  std::string title;
  SessionStatus status = SessionStatus::planned;
  Ref<Course> course;
  std::optional<Minute> start, finish;
  std::string place, trainer;
  std::int64_t seats = 0;
  Money cost;
  Ref<Person> owner;
  // level 4: a figure of the work before and after
  std::string metric;
  std::optional<Number> metric_before, metric_after;
  Money benefit;
  std::string improvements, materials;
};

template <>
struct Describe<TrainingSession> {
  static RegisterInfo make() {
    using R = TrainingSession;
    return Describer<R>("TS", Desk::training)
        .field("title", &R::title, {.required = true, .title = true})
        .field("status", &R::status, {.closed = "evaluated cancelled"})
        .field("course", &R::course)
        .field("start", &R::start, {.due = true})
        .field("finish", &R::finish)
        .field("place", &R::place)
        .field("trainer", &R::trainer)
        .field("seats", &R::seats, {.minimum = 0})
        .field("cost", &R::cost, {.minimum = 0})
        .field("owner", &R::owner, {.responsible = true})
        .field("metric", &R::metric)
        .field("metric_before", &R::metric_before)
        .field("metric_after", &R::metric_after)
        .field("benefit", &R::benefit)
        .field("materials", &R::materials, {.lines = true})
        .field("improvements", &R::improvements, {.lines = true})
        .in_order<&R::start, &R::finish>();
  }
};

enum class AttendanceStatus : unsigned char { invited, confirmed, declined, attended, absent };

// A participant of a session, with the three levels of evaluation that are personal.
struct Attendance : Record {
  Ref<TrainingSession> session;
  Ref<Person> person;
  AttendanceStatus status = AttendanceStatus::invited;
  std::optional<std::int64_t> reaction;                // 1..5
  std::optional<Permille> score_before, score_after;   // of a test
  std::optional<std::int64_t> behaviour;               // 1..5, after 30 to 90 days
  std::optional<Day> observed_on;
  Ref<Person> observer;
  std::string certificate;
  std::optional<Day> certificate_expires;
};

template <>
struct Describe<Attendance> {
  static RegisterInfo make() {
    using R = Attendance;
    return Describer<R>("AT", Desk::training)
        .field("session", &R::session, {.owner = true})
        .field("person", &R::person, {.responsible = true})
        .field("status", &R::status)
        .field("reaction", &R::reaction, {.minimum = 1, .maximum = 5})
        .field("score_before", &R::score_before, {.minimum = 0, .maximum = 1000})
        .field("score_after", &R::score_after, {.minimum = 0, .maximum = 1000})
        .field("behaviour", &R::behaviour, {.minimum = 1, .maximum = 5})
        .field("observer", &R::observer)
        .field("observed_on", &R::observed_on)
        .field("certificate", &R::certificate, {.title = true})
        .field("certificate_expires", &R::certificate_expires, {.due = true});
  }
};

}  // namespace pmo
