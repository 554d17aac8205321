// How Dear ImGui is compiled, for every target alike (IMGUI_USER_CONFIG).
#pragma once

#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_DEFAULT_FONT            // glyphs come from the platform: app/ui/glyph_loader.h
#define IMGUI_DISABLE_FILE_FUNCTIONS          // nothing of ImGui's is kept on disk
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
#define IMGUI_USE_WCHAR32                     // rare surnames and emoji lie beyond 16 bits
#define ImDrawIdx unsigned int                // WebGL has no vertex offset; a Gantt passes 65,535 vertices
#define IMGUI_ENABLE_TEST_ENGINE              // the hooks behind the widget map: app/ui/annotate.h
