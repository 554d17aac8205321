// The registers of the product, in the order in which they are stored, exported and listed.
#include "app/model/list_registers.h"
#include "app/model/records/baseline.h"
#include "app/model/records/budget.h"
#include "app/model/records/calendar.h"
#include "app/model/records/change_request.h"
#include "app/model/records/common.h"
#include "app/model/records/communication.h"
#include "app/model/records/cost.h"
#include "app/model/records/document.h"
#include "app/model/records/earned_value.h"
#include "app/model/records/imported.h"
#include "app/model/records/issue.h"
#include "app/model/records/lists.h"
#include "app/model/records/management.h"
#include "app/model/records/meeting.h"
#include "app/model/records/organisation.h"
#include "app/model/records/person.h"
#include "app/model/records/procurement.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/quality.h"
#include "app/model/records/resource.h"
#include "app/model/records/resource_use.h"
#include "app/model/records/risk.h"
#include "app/model/records/satisfaction.h"
#include "app/model/records/saved_view.h"
#include "app/model/records/task.h"
#include "app/model/records/training.h"
#include "app/model/records/unknown_record.h"
#include "app/model/records/vault.h"

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
      &register_of<MilestoneForecast>(),
      &register_of<CostAccount>(),
      &register_of<CostEntry>(),
      &register_of<TaskStep>(),
      &register_of<EstimateToComplete>(),
      &register_of<RiskBreakdown>(),
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
      &register_of<Charter>(),
      &register_of<PlanPublication>(),
      &register_of<StatusReport>(),
      &register_of<Recognition>(),
      &register_of<LessonLearned>(),
      &register_of<WorkOrder>(),
      &register_of<Escalation>(),
      &register_of<CorrectiveAction>(),
      &register_of<RiskReview>(),
      &register_of<RiskPrompt>(),
      &register_of<ChangeRequest>(),
      &register_of<ProposedEdit>(),
      &register_of<BoardVote>(),
      &register_of<ChangeTask>(),
      &register_of<ProcurementItem>(),
      &register_of<SelectionCriterion>(),
      &register_of<Vendor>(),
      &register_of<QuotationRequest>(),
      &register_of<Offer>(),
      &register_of<OfferScore>(),
      &register_of<Contract>(),
      &register_of<ContractMilestone>(),
      &register_of<Delivery>(),
      &register_of<Payment>(),
      &register_of<Claim>(),
      &register_of<VendorEvaluation>(),
      &register_of<Stakeholder>(),
      &register_of<CommunicationPlanItem>(),
      &register_of<Communication>(),
      &register_of<DistributionList>(),
      &register_of<Acknowledgement>(),
      &register_of<CommunicationFeedback>(),
      &register_of<OrganisationUnit>(),
      &register_of<ProjectRole>(),
      &register_of<RoleHolder>(),
      &register_of<Competency>(),
      &register_of<CompetencyNeed>(),
      &register_of<CompetencyAssessment>(),
      &register_of<TrainingNeed>(),
      &register_of<Course>(),
      &register_of<TrainingSession>(),
      &register_of<Attendance>(),
      &register_of<BudgetVersion>(),
      &register_of<BudgetEntry>(),
      &register_of<ReserveDraw>(),
      &register_of<Funding>(),
      &register_of<Invoice>(),
      &register_of<ExchangeRate>(),
      &register_of<BudgetReview>(),
      &register_of<FinancialReport>(),
      &register_of<BusinessCaseFlow>(),
      &register_of<ResourceRequest>(),
      &register_of<Absence>(),
      &register_of<ResourceSkill>(),
      &register_of<ResourceRate>(),
      &register_of<AvailabilityPeriod>(),
      &register_of<TimesheetEntry>(),
      &register_of<MaterialMovement>(),
      &register_of<StockRule>(),
      &register_of<EquipmentHire>(),
      &register_of<Maintenance>(),
      &register_of<RaciEntry>(),
      &register_of<ResourceMeasure>(),
      &register_of<RequiredDocument>(),
      &register_of<DocumentAccess>(),
      &register_of<ScaleLevel>(),
      &register_of<OwnChoice>(),
      &register_of<Numbering>(),
      &register_of<Vault>(),
      &register_of<Relation>(),
      &register_of<Attachment>(),
      &register_of<Installation>(),
      &register_of<CustomField>(),
      &register_of<CustomValue>(),
      &register_of<ForeignData>(),
      &register_of<ImportReport>(),
      &register_of<SavedView>(),
      &register_of<UnknownRecord>(),
  };
  return schema;
}

}  // namespace pmo
