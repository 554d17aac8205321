#include "app/desks/pages.h"
#include "app/model/records/person.h"
#include "app/ui/icons.h"
#include "app/ui/register_page.h"

namespace pmo::desks {

std::unique_ptr<ui::Page> make_people_page() {
  return std::make_unique<ui::RegisterPage>("people", register_of<Person>(), ui::icon::team);
}

}  // namespace pmo::desks
