# The terminal program. It knows neither Qt nor the window.
add_executable(emc ${CMAKE_SOURCE_DIR}/app/cli_main.cpp
  ${CMAKE_CURRENT_LIST_DIR}/arguments.cpp ${CMAKE_CURRENT_LIST_DIR}/attention.cpp ${CMAKE_CURRENT_LIST_DIR}/bench.cpp
  ${CMAKE_CURRENT_LIST_DIR}/bench_tools.cpp ${CMAKE_CURRENT_LIST_DIR}/bench_toggle.cpp
  ${CMAKE_CURRENT_LIST_DIR}/bench_metrics.cpp ${CMAKE_CURRENT_LIST_DIR}/bench_train.cpp ${CMAKE_CURRENT_LIST_DIR}/bench_react.cpp ${CMAKE_CURRENT_LIST_DIR}/bench_faceais.cpp ${CMAKE_CURRENT_LIST_DIR}/bench_precision.cpp ${CMAKE_CURRENT_LIST_DIR}/bench_speech.cpp
  ${CMAKE_CURRENT_LIST_DIR}/conditions.cpp ${CMAKE_CURRENT_LIST_DIR}/convert.cpp ${CMAKE_CURRENT_LIST_DIR}/corpus.cpp
  ${CMAKE_CURRENT_LIST_DIR}/demo.cpp ${CMAKE_CURRENT_LIST_DIR}/doctor.cpp ${CMAKE_CURRENT_LIST_DIR}/features.cpp ${CMAKE_CURRENT_LIST_DIR}/ingest.cpp
  ${CMAKE_CURRENT_LIST_DIR}/metrics.cpp ${CMAKE_CURRENT_LIST_DIR}/models.cpp ${CMAKE_CURRENT_LIST_DIR}/parity.cpp ${CMAKE_CURRENT_LIST_DIR}/progress.cpp
  ${CMAKE_CURRENT_LIST_DIR}/react.cpp ${CMAKE_CURRENT_LIST_DIR}/render.cpp ${CMAKE_CURRENT_LIST_DIR}/train.cpp)
# Objects and not an archive: models register themselves, and a linker drops archive members that nobody names.
target_sources(emc PRIVATE $<TARGET_OBJECTS:emc_models>)
target_link_libraries(emc PRIVATE emc_backend emc_checkpoint emc_models CLI11::CLI11 nlohmann_json::nlohmann_json)
if(EMC_MEDIA)
  target_sources(emc PRIVATE ${CMAKE_CURRENT_LIST_DIR}/bench_ingest.cpp)
endif()
# Studies over whole corpora.
target_sources(emc PRIVATE ${CMAKE_CURRENT_LIST_DIR}/evaluate.cpp ${CMAKE_CURRENT_LIST_DIR}/robustness.cpp
  ${CMAKE_CURRENT_LIST_DIR}/study_arguments.cpp ${CMAKE_CURRENT_LIST_DIR}/table.cpp)
target_link_libraries(emc PRIVATE emc_study)
# Both headers cost ten seconds a file; read once.
target_precompile_headers(emc PRIVATE <CLI/CLI.hpp> <nlohmann/json.hpp>)
