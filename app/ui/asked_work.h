// What is asked of single persons although no status of a register says so: to confirm, to vote, to answer a question of a
// gate, to score an offer, to keep in touch, to watch what a training has changed, to renew a certificate,
// to dispose of a document whose retention ends.
#pragma once

#include "app/ui/work_list.h"

namespace pmo::ui {

void add_asked_work(const Project& project, std::vector<WorkItem>& items);
std::vector<const RegisterInfo*> asked_work_reads();  // beside the registers whose records are work themselves

}  // namespace pmo::ui
