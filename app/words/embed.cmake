# Writes a C++ source that holds the catalogue files as raw strings.
#   cmake -DFILES=a,b -DOUTPUT=x.cpp -P embed.cmake
# (not #embed: compiler caches do not look into embedded files and would serve yesterday's texts)
string(REPLACE "," ";" FILES "${FILES}")
set(table "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" text)
  string(APPEND table "      {\"${name}\", R\"words(${text})words\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"app/words/catalogue_files.h\"

namespace pmo {

std::span<const CatalogueFile> catalogue_files() {
  static constexpr CatalogueFile files[] = {
${table}  };
  return files;
}

}  // namespace pmo
")
