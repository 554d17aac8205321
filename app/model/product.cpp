// The registers of the product, in the order in which they are stored, exported and listed.
#include "app/model/records/baseline.h"
#include "app/model/records/calendar.h"
#include "app/model/records/common.h"
#include "app/model/records/cost.h"
#include "app/model/records/document.h"
#include "app/model/records/issue.h"
#include "app/model/records/meeting.h"
#include "app/model/records/person.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/quality.h"
#include "app/model/records/resource.h"
#include "app/model/records/risk.h"
#include "app/model/records/satisfaction.h"
#include "app/model/records/task.h"

namespace pmo {

const Schema& product_schema() {
  static const Schema schema{
      &register_of<ProjectSettings>(),  // first: its maker is the project's founder
      &register_of<Person>(),
      &register_of<Calendar>(),
      &register_of<WorkWeek>(),
      &register_of<CalendarException>(),
      &register_of<Task>(),
      &register_of<Link>(),
      &register_of<Resource>(),
      &register_of<Assignment>(),
      &register_of<Baseline>(),
      &register_of<BaselineTask>(),
      &register_of<CostAccount>(),
      &register_of<CostEntry>(),
      &register_of<Risk>(),
      &register_of<Issue>(),
      &register_of<Meeting>(),
      &register_of<AgendaItem>(),
      &register_of<ActionItem>(),
      &register_of<Decision>(),
      &register_of<Document>(),
      &register_of<DocumentVersion>(),
      &register_of<QualityObjective>(),
      &register_of<QualityPlanItem>(),
      &register_of<QualityGate>(),
      &register_of<ChecklistItem>(),
      &register_of<Inspection>(),
      &register_of<Finding>(),
      &register_of<Measurement>(),
      &register_of<Nonconformity>(),
      &register_of<QualityCost>(),
      &register_of<CustomerNeed>(),
      &register_of<Survey>(),
      &register_of<Feedback>(),
      &register_of<Relation>(),
      &register_of<Attachment>(),
      &register_of<Installation>(),
  };
  return schema;
}

}  // namespace pmo
