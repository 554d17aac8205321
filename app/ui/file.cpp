#include "app/ui/platform.h"

namespace pmo::ui {

std::string safe_file_name(std::string name) {
  for (char& c : name)
    if (std::string_view("\\/:*?\"<>|").contains(c) || static_cast<unsigned char>(c) < ' ') c = '-';
  if (name.starts_with(".")) name.front() = '-';  // neither hidden nor a way up
  return name.empty() ? "file" : name;
}

}  // namespace pmo::ui
