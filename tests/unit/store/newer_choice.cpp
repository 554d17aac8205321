// A choice that only a newer version of the product knows: it is kept as it is, through mail, database, merge and history, and
// keeps nobody from working on the record.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "app/model/history.h"
#include "app/model/merge.h"
#include "app/model/own_choices.h"
#include "app/model/records/project_settings.h"
#include "app/model/records/risk.h"
#include "storage/bundle/bundle.h"
#include "storage/bundle/json_value.h"
#include "storage/digest.h"
#include "storage/project_store.h"

using namespace pmo;
using namespace pmo::storage;
using Json = nlohmann::json;

namespace {

const FieldInfo& status_of_risk() { return field_of<Risk>(&Risk::status); }

struct Mailing {
  FixedSurroundings surroundings;
  Project project{product_schema(), Id{1, 1}, surroundings};

  Mailing() {
    Transaction change(project, "transaction.test"_key);
    change.create<ProjectSettings>([](ProjectSettings& p) { p.name = "Bridge"; });
    change.create<Risk>([](Risk& r) { r.title = "Late steel"; });
    REQUIRE(change.commit().has_value());
  }
  // As a newer version would have written it.
  std::string mail(const std::string& status, const std::string& stamp = {}) {
    auto json = *parse_json(write_bundle(project, {.confidential = true}));
    auto& risk = json["data"]["risk"][0];
    risk["fields"]["status"] = status;
    if (!stamp.empty()) risk["written"]["status"] = stamp;
    json["revision"] = sha256(canonical_text(json["data"]));
    json.erase("integrity");
    json["integrity"] = {{"hash", sha256(canonical_text(json))}};
    return canonical_text(json);
  }
  Result<Bundle> read(const std::string& text) { return read_bundle(text, product_schema(), Id{2, 2}, surroundings); }
  static std::string data_of(const Project& of) { return canonical_text((*parse_json(write_bundle(of, {.confidential = true})))["data"]); }
};

const Risk& risk_of(const Project& project) { return project.all<Risk>().at(0); }

}  // namespace

TEST_CASE_FIXTURE(Mailing, "it travels through a bundle and a database and back byte for byte") {
  const auto text = mail("hibernating");
  const auto bundle = read(text);
  REQUIRE_MESSAGE(bundle.has_value(), bundle.error().message.name);
  CHECK(status_of_risk().get(risk_of(*bundle->project)) == Value(std::string("hibernating")));
  CHECK(data_of(*bundle->project) == canonical_text((*parse_json(text))["data"]));
  CHECK(choice_label(*bundle->project, status_of_risk(), "hibernating", Language::english) == "Value of a newer version (hibernating)");

  auto database = Database::open(":memory:");
  {
    FixedSurroundings other(7);
    Project stored(product_schema(), Id{2, 2}, other);
    const auto store = ProjectStore::open(*database, stored);
    REQUIRE(store.has_value());
    copy_records(*bundle->project, stored);
    REQUIRE((*store)->write_all().has_value());
  }
  FixedSurroundings other(8);
  Project again(product_schema(), Id{2, 2}, other);
  const auto store = ProjectStore::open(*database, again);
  REQUIRE(store.has_value());
  CHECK(data_of(again) == canonical_text((*parse_json(text))["data"]));
}

TEST_CASE_FIXTURE(Mailing, "it is merged like any value, can be replaced, undone and gone back to, and not chosen") {
  const Stamp newer{project.clock() + (1 << 16), Id{3, 3}};
  const auto theirs = read(mail("hibernating", stamp_to_text(newer)));
  REQUIRE(theirs.has_value());
  REQUIRE(merge(project, *theirs->project, "transaction.import"_key).has_value());
  const Value hibernating(std::string("hibernating"));
  CHECK(status_of_risk().get(risk_of(project)) == hibernating);
  CHECK(risk_of(project).status == RiskStatus::identified);  // for code that goes by choices

  // Another field of the record is edited, which asks for nothing of this one.
  Transaction title(project, "transaction.test"_key);
  title.set(risk_of(project), &Risk::title, "Steel three weeks late");
  REQUIRE(title.commit().has_value());
  CHECK(status_of_risk().get(risk_of(project)) == hibernating);

  const auto offered = offered_choices(project, status_of_risk(), Language::english, "hibernating");
  CHECK(offered.size() == status_of_risk().choices.size() + 1);
  CHECK(offered.back().name == "hibernating");
  Transaction change(project, "transaction.test"_key);
  CHECK_FALSE(change.set(risk_of(project), register_of<Risk>(), status_of_risk(), Value(std::string("dreaming"))));
  REQUIRE(change.set(risk_of(project), register_of<Risk>(), status_of_risk(), Value(std::string("occurred"))).has_value());
  REQUIRE(change.commit().has_value());
  CHECK(risk_of(project).status == RiskStatus::occurred);
  REQUIRE(project.undo().has_value());
  CHECK(status_of_risk().get(risk_of(project)) == hibernating);
  REQUIRE(project.redo().has_value());

  const auto history = project.journal().since({});
  Transaction back(project, "transaction.test"_key);
  REQUIRE(restore_record(back, *history, register_of<Risk>(), risk_of(project), Stamp{newer.clock + 1, Id{}}, &status_of_risk()).has_value());
  REQUIRE(back.commit().has_value());
  CHECK(status_of_risk().get(risk_of(project)) == hibernating);
}

TEST_CASE_FIXTURE(Mailing, "what could be no choice of any version refuses the file") {
  for (const char* wrong : {"", "Exploded", "two words", "_x", "9lives", "x-y", "hibernating.", "hibernating.filed", "<b>"}) {
    const auto refused = read(mail(wrong));
    REQUIRE_MESSAGE(!refused.has_value(), wrong);
    CHECK_MESSAGE(refused.error().message == "error.field.choice"_key, wrong);
    CHECK(refused.error().place == "data.risk[0].fields.status");
  }
  CHECK_FALSE(read(mail(std::string(65, 'x'))).has_value());
}
