#include "storage/interchange/mspdi_elements.h"

#include <algorithm>

namespace pmo::storage::mspdi {
namespace {

using enum Fate;

constexpr Element of_project[] = {
    {"SaveVersion"}, {"BuildNumber", computed}, {"UID", kept}, {"GUID", kept}, {"Name"}, {"Title"}, {"Subject", kept}, {"Category", kept},
    {"Company", kept}, {"Manager"}, {"Author", kept}, {"CreationDate", kept}, {"Revision", kept}, {"LastSaved"},
    {"ScheduleFromStart"}, {"StartDate"}, {"FinishDate"}, {"FYStartDate", kept, "1"}, {"CriticalSlackLimit"}, {"CurrencyDigits"},
    {"CurrencySymbol", kept}, {"CurrencyCode"}, {"CurrencySymbolPosition", kept}, {"CalendarUID"}, {"BaselineCalendar", kept},
    {"DefaultStartTime", kept}, {"DefaultFinishTime", kept}, {"MinutesPerDay"}, {"MinutesPerWeek"}, {"DaysPerMonth"},
    {"DefaultTaskType", kept}, {"DefaultFixedCostAccrual", kept}, {"DefaultStandardRate", kept}, {"DefaultOvertimeRate", kept},
    {"DurationFormat", kept}, {"WorkFormat", kept}, {"EditableActualCosts", kept}, {"HonorConstraints", kept},
    {"EarnedValueMethod", kept}, {"InsertedProjectsLikeSummary", kept}, {"MultipleCriticalPaths", kept},
    {"NewTasksEffortDriven", kept}, {"NewTasksEstimated", kept}, {"SplitsInProgressTasks", kept}, {"SpreadActualCost", kept},
    {"SpreadPercentComplete", kept}, {"TaskUpdatesResource", kept}, {"FiscalYearStart", kept}, {"WeekStartDay", kept},
    {"MoveCompletedEndsBack", kept}, {"MoveRemainingStartsBack", kept}, {"MoveRemainingStartsForward", kept},
    {"MoveCompletedEndsForward", kept}, {"BaselineForEarnedValue", kept}, {"AutoAddNewResourcesAndTasks", kept}, {"StatusDate"},
    {"CurrentDate", kept}, {"MicrosoftProjectServerURL", kept}, {"Autolink", kept}, {"NewTaskStartDate", kept},
    {"NewTasksAreManual", kept}, {"DefaultTaskEVMethod", kept}, {"ProjectExternallyEdited", kept}, {"ExtendedCreationDate", kept},
    {"ActualsInSync", kept}, {"RemoveFileProperties", kept}, {"AdminProject", kept},
    {"UpdateManuallyScheduledTasksWhenEditingLinks", kept}, {"KeepTaskOnNearestWorkingTimeWhenMadeAutoScheduled", kept},
    {"Views", kept}, {"Filters", kept}, {"Groups", kept}, {"Tables", kept}, {"Maps", kept}, {"Reports", kept}, {"Drawings", kept},
    {"DataLinks", kept}, {"VBAProjects", kept}, {"OutlineCodes", kept}, {"WBSMasks", kept}, {"ExtendedAttributes"}, {"Calendars"},
    {"Tasks"}, {"Resources"}, {"Assignments"}};

constexpr Element of_calendar[] = {{"UID"}, {"GUID", kept}, {"Name"}, {"IsBaseCalendar"}, {"IsBaselineCalendar", kept, "0"},
                                   {"BaseCalendarUID"}, {"WeekDays"}, {"Exceptions"}, {"WorkWeeks"}};

constexpr Element of_task[] = {
    {"UID"}, {"GUID", kept}, {"ID"}, {"Name"}, {"Active"}, {"Manual"}, {"Type"}, {"IsNull"}, {"CreateDate", kept}, {"Contact"},
    {"WBS"}, {"WBSLevel", computed}, {"OutlineNumber"}, {"OutlineLevel"}, {"Priority"}, {"Start"}, {"Finish"}, {"Duration"},
    {"ManualStart"}, {"ManualFinish"}, {"ManualDuration"}, {"DurationFormat", shown, "7"}, {"Work"}, {"Stop", tied}, {"Resume"},
    {"ResumeValid", kept, "0"}, {"EffortDriven"}, {"Recurring", kept, "0"}, {"OverAllocated", computed}, {"Estimated"}, {"Milestone"},
    {"Summary"}, {"DisplayAsSummary", kept, "0"}, {"Critical"}, {"IsSubproject", kept, "0"}, {"IsSubprojectReadOnly", kept, "0"},
    {"SubprojectName", kept}, {"ExternalTask", kept, "0"}, {"ExternalTaskProject", kept}, {"EarlyStart"}, {"EarlyFinish"},
    {"LateStart"}, {"LateFinish"}, {"StartVariance", computed}, {"FinishVariance", computed}, {"WorkVariance", computed},
    {"FreeSlack"}, {"StartSlack", computed}, {"FinishSlack", computed}, {"TotalSlack"}, {"FixedCost"}, {"FixedCostAccrual"},
    {"PercentComplete"}, {"PercentWorkComplete", tied}, {"Cost", tied}, {"OvertimeCost", tied}, {"OvertimeWork", tied},
    {"ActualStart"}, {"ActualFinish"}, {"ActualDuration"}, {"ActualCost", tied}, {"ActualOvertimeCost", tied}, {"ActualWork", tied},
    {"ActualOvertimeWork", tied}, {"RegularWork", tied}, {"RemainingDuration"}, {"RemainingCost", tied}, {"RemainingWork", tied},
    {"RemainingOvertimeCost", tied}, {"RemainingOvertimeWork", tied}, {"ACWP", computed}, {"CV", computed}, {"ConstraintType"},
    {"CalendarUID"}, {"ConstraintDate"}, {"Deadline"}, {"LevelAssignments", kept, "1"}, {"LevelingCanSplit", kept, "1"},
    {"LevelingDelay"}, {"LevelingDelayFormat", shown, "8"}, {"PreLeveledStart", tied}, {"PreLeveledFinish", tied}, {"Hyperlink", kept},
    {"HyperlinkAddress", kept}, {"HyperlinkSubAddress", kept}, {"IgnoreResourceCalendar"}, {"Notes"}, {"HideBar", kept, "0"},
    {"Rollup", kept, "0"}, {"BCWS", computed}, {"BCWP", computed}, {"PhysicalPercentComplete"}, {"EarnedValueMethod"},
    {"PredecessorLink"}, {"ActualWorkProtected", tied}, {"ActualOvertimeWorkProtected", tied}, {"ExtendedAttribute"}, {"Baseline"},
    {"OutlineCode"}, {"IsPublished", kept, "1"}, {"StatusManager", kept}, {"CommitmentStart", kept}, {"CommitmentFinish", kept},
    {"CommitmentType", kept, "0"}, {"TimephasedData", tied}};

constexpr Element of_link[] = {{"PredecessorUID"}, {"Type"}, {"CrossProject"}, {"CrossProjectName", kept}, {"LinkLag"}, {"LagFormat", shown, "7"}};

constexpr Element of_baseline[] = {
    {"TimephasedData", kept}, {"Number"}, {"Interim", kept, "0"}, {"Start"}, {"Finish"}, {"Duration"}, {"DurationFormat", kept, "7"},
    {"EstimatedDuration", kept, "0"}, {"Work"}, {"Cost"}, {"BCWS", kept, "0"}, {"BCWP", kept, "0"}, {"FixedCost", kept, "0"}};

constexpr Element of_resource[] = {
    {"UID"}, {"GUID", kept}, {"ID"}, {"Name"}, {"Type"}, {"IsNull"}, {"Initials", kept}, {"Phonetics", kept}, {"NTAccount", kept},
    {"WorkGroup", kept, "0"}, {"MaterialLabel"}, {"Code", kept}, {"Group"}, {"EmailAddress", kept}, {"Hyperlink", kept},
    {"HyperlinkAddress", kept}, {"HyperlinkSubAddress", kept}, {"MaxUnits"}, {"PeakUnits", computed}, {"OverAllocated", computed},
    {"AvailableFrom", kept}, {"AvailableTo", kept}, {"Start", computed}, {"Finish", computed}, {"CanLevel", kept, "1"}, {"AccrueAt"},
    {"Work", computed}, {"RegularWork", computed}, {"OvertimeWork", computed}, {"ActualWork", computed}, {"RemainingWork", computed},
    {"ActualOvertimeWork", computed}, {"RemainingOvertimeWork", computed}, {"PercentWorkComplete", computed}, {"StandardRate"},
    {"StandardRateFormat", kept, "2"}, {"Cost", computed}, {"OvertimeRate"}, {"OvertimeRateFormat", kept, "2"}, {"OvertimeCost", computed},
    {"CostPerUse"}, {"ActualCost", computed}, {"ActualOvertimeCost", computed}, {"RemainingCost", computed},
    {"RemainingOvertimeCost", computed}, {"WorkVariance", computed}, {"CostVariance", computed}, {"SV", computed}, {"CV", computed},
    {"ACWP", computed}, {"CalendarUID"}, {"Notes"}, {"BCWS", computed}, {"BCWP", computed}, {"IsGeneric", kept, "0"},
    {"IsInactive", kept, "0"}, {"IsEnterprise", kept, "0"}, {"BookingType", kept, "0"}, {"ActualWorkProtected", computed},
    {"ActualOvertimeWorkProtected", computed}, {"ActiveDirectoryGUID", kept}, {"CreationDate", kept}, {"ExtendedAttribute"},
    {"Baseline", kept}, {"OutlineCode"}, {"IsCostResource"}, {"AssnOwner", kept}, {"AssnOwnerGuid", kept}, {"IsBudget", kept, "0"},
    {"AvailabilityPeriods"}, {"Rates"}, {"TimephasedData", computed}};

constexpr Element of_assignment[] = {
    {"UID"}, {"GUID", kept}, {"TaskUID"}, {"ResourceUID"}, {"PercentWorkComplete", tied}, {"ActualCost", tied}, {"ActualFinish", tied},
    {"ActualOvertimeCost", tied}, {"ActualOvertimeWork", tied}, {"ActualStart", tied}, {"ActualWork"}, {"ACWP", computed},
    {"Confirmed", kept, "0"}, {"Cost"}, {"CostRateTable"}, {"RateScale", kept, "0"}, {"CostVariance", computed}, {"CV", computed},
    {"Delay"}, {"Finish", tied}, {"FinishVariance", computed}, {"Hyperlink", kept}, {"HyperlinkAddress", kept},
    {"HyperlinkSubAddress", kept}, {"WorkVariance", computed}, {"HasFixedRateUnits", kept, "1"}, {"FixedMaterial", kept, "0"},
    {"LevelingDelay", kept, "0"}, {"LevelingDelayFormat", kept, "7"}, {"LinkedFields", kept, "0"}, {"Milestone", computed}, {"Notes", kept},
    {"Overallocated", computed}, {"OvertimeCost", tied}, {"OvertimeWork"}, {"PeakUnits", computed}, {"RegularWork", tied},
    {"RemainingCost", tied}, {"RemainingOvertimeCost", tied}, {"RemainingOvertimeWork", tied}, {"RemainingWork"},
    {"ResponsePending", kept, "0"}, {"Start"}, {"Stop", tied}, {"Resume", tied}, {"StartVariance", computed}, {"Summary", computed},
    {"SV", computed}, {"Units"}, {"UpdateNeeded", kept, "0"}, {"VAC", computed}, {"Work"}, {"WorkContour", tied}, {"BCWS", computed},
    {"BCWP", computed}, {"BookingType", kept, "0"}, {"ActualWorkProtected", tied}, {"ActualOvertimeWorkProtected", tied},
    {"CreationDate", kept}, {"AssnOwner", kept}, {"AssnOwnerGuid", kept}, {"BudgetCost", kept, "0"}, {"BudgetWork", kept, "PT0H0M0S"},
    {"ExtendedAttribute"}, {"Baseline", kept}, {"TimephasedData", tied}};

constexpr Element of_custom_field[] = {{"FieldID"}, {"FieldName", kept}, {"CFType", kept}, {"Guid", kept}, {"ElemType", kept},
    {"MaxMultiValues", kept}, {"UserDef", kept}, {"Alias"}, {"SecondaryPID", kept}, {"AutoRollDown", kept}, {"DefaultGuid", kept},
    {"Ltuid", kept}, {"PhoneticAlias", kept}, {"RollupType", kept}, {"CalculationType", kept}, {"Formula", kept},
    {"RestrictValues", kept}, {"ValuelistSortOrder", kept}, {"AppendNewValues", kept}, {"Default", kept}, {"ValueList", kept}};

constexpr Element of_custom_value[] = {{"UID", kept}, {"FieldID"}, {"Value"}, {"ValueID", tied}, {"ValueGUID", tied}, {"DurationFormat", kept, "7"}};

}  // namespace

constinit const Elements project_elements{of_project}, calendar_elements{of_calendar}, task_elements{of_task}, link_elements{of_link},
    baseline_elements{of_baseline}, resource_elements{of_resource}, assignment_elements{of_assignment},
    custom_field_elements{of_custom_field}, custom_value_elements{of_custom_value};

const Element* Elements::find(std::string_view name) const {
  const auto found = std::ranges::find(list, name, &Element::name);
  return found == list.end() ? nullptr : &*found;
}

std::size_t Elements::place(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::find(list, name, &Element::name) - list.begin());
}

}  // namespace pmo::storage::mspdi
