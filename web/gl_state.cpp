// ImGui's renderer asks for the whole state of WebGL in every frame, to put it back for whoever draws there too. Nobody
// does, and asking makes the page wait until its browser has drawn everything before: 54 of 56 ms a frame with software
// rendering. So what it asks for every frame is answered here, with WebGL's initial state, and never leaves the module.
#include <GLES3/gl3.h>

#include <algorithm>

extern "C" {

void emscripten_glGetIntegerv(GLenum name, GLint* values);

void glGetIntegerv(GLenum name, GLint* values) {
  switch (name) {
    case GL_ACTIVE_TEXTURE: *values = GL_TEXTURE0; return;
    case GL_BLEND_EQUATION_RGB:
    case GL_BLEND_EQUATION_ALPHA: *values = GL_FUNC_ADD; return;
    case GL_VIEWPORT:
    case GL_SCISSOR_BOX: std::fill_n(values, 4, 0); return;
    case GL_CURRENT_PROGRAM:
    case GL_TEXTURE_BINDING_2D:
    case GL_SAMPLER_BINDING:
    case GL_ARRAY_BUFFER_BINDING:
    case GL_ELEMENT_ARRAY_BUFFER_BINDING:
    case GL_PIXEL_UNPACK_BUFFER_BINDING:
    case GL_VERTEX_ARRAY_BINDING:
    case GL_BLEND_SRC_RGB:
    case GL_BLEND_DST_RGB:
    case GL_BLEND_SRC_ALPHA:
    case GL_BLEND_DST_ALPHA: *values = 0; return;
    default: emscripten_glGetIntegerv(name, values);
  }
}

GLboolean glIsEnabled(GLenum) { return GL_FALSE; }

}
