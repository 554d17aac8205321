// Icons as characters: every face of the interface has them, so an icon stands in a text or alone.
//
//   ImGui::TextUnformatted(icon::search);      std::string label = std::string(icon::save) + "  " + text;
//
// The pictures are those of the lucide set; the page is built from this list: the name after // is the name there.
// A new icon takes the next free code point.
#pragma once

namespace pmo::ui::icon {

// General
inline constexpr char search[] = "\uE000";                // search
inline constexpr char x[] = "\uE001";                     // x
inline constexpr char check[] = "\uE002";                 // check
inline constexpr char check_all[] = "\uE003";             // check-check
inline constexpr char plus[] = "\uE004";                  // plus
inline constexpr char minus[] = "\uE005";                 // minus
inline constexpr char circle_plus[] = "\uE006";           // circle-plus
inline constexpr char more[] = "\uE007";                  // ellipsis
inline constexpr char more_vertical[] = "\uE008";         // ellipsis-vertical
inline constexpr char menu[] = "\uE009";                  // menu
inline constexpr char settings[] = "\uE00A";              // settings
inline constexpr char sliders[] = "\uE00B";               // sliders-horizontal
inline constexpr char filter[] = "\uE00C";                // list-filter
inline constexpr char filter_off[] = "\uE00D";            // funnel-x
inline constexpr char sort[] = "\uE00E";                  // arrow-up-down
inline constexpr char sort_up[] = "\uE00F";               // arrow-up-narrow-wide
inline constexpr char sort_down[] = "\uE010";             // arrow-down-wide-narrow
inline constexpr char columns[] = "\uE011";               // columns-3
inline constexpr char group[] = "\uE012";                 // group
inline constexpr char pin[] = "\uE013";                   // pin
inline constexpr char pin_off[] = "\uE014";               // pin-off
inline constexpr char lock[] = "\uE015";                  // lock
inline constexpr char unlock[] = "\uE016";                // lock-open
inline constexpr char eye[] = "\uE017";                   // eye
inline constexpr char eye_off[] = "\uE018";               // eye-off
inline constexpr char star[] = "\uE019";                  // star
inline constexpr char bookmark[] = "\uE01A";              // bookmark
inline constexpr char tag[] = "\uE01B";                   // tag
inline constexpr char hash[] = "\uE01C";                  // hash
inline constexpr char at[] = "\uE01D";                    // at-sign
inline constexpr char link[] = "\uE01E";                  // link
inline constexpr char unlink[] = "\uE01F";                // unlink
inline constexpr char external[] = "\uE020";              // external-link
inline constexpr char info[] = "\uE021";                  // info
inline constexpr char help[] = "\uE022";                  // circle-question-mark
inline constexpr char warning[] = "\uE023";               // triangle-alert
inline constexpr char error[] = "\uE024";                 // circle-alert
inline constexpr char success[] = "\uE025";               // circle-check
inline constexpr char blocked[] = "\uE026";               // ban
inline constexpr char bell[] = "\uE027";                  // bell
inline constexpr char home[] = "\uE028";                  // house
inline constexpr char command[] = "\uE029";               // command
inline constexpr char keyboard[] = "\uE02A";              // keyboard
inline constexpr char language[] = "\uE02B";              // languages
inline constexpr char globe[] = "\uE02C";                 // globe
inline constexpr char sun[] = "\uE02D";                   // sun
inline constexpr char moon[] = "\uE02E";                  // moon
inline constexpr char contrast[] = "\uE02F";              // contrast
inline constexpr char palette[] = "\uE030";               // palette
inline constexpr char grip[] = "\uE031";                  // grip-vertical
inline constexpr char loader[] = "\uE032";                // loader-circle
inline constexpr char power[] = "\uE033";                 // power
inline constexpr char zap[] = "\uE034";                   // zap
inline constexpr char sparkles[] = "\uE035";              // sparkles
inline constexpr char lightbulb[] = "\uE036";             // lightbulb
inline constexpr char flag[] = "\uE037";                  // flag
inline constexpr char target[] = "\uE038";                // target

// Arrows
inline constexpr char chevron_down[] = "\uE039";          // chevron-down
inline constexpr char chevron_up[] = "\uE03A";            // chevron-up
inline constexpr char chevron_left[] = "\uE03B";          // chevron-left
inline constexpr char chevron_right[] = "\uE03C";         // chevron-right
inline constexpr char chevrons_left[] = "\uE03D";         // chevrons-left
inline constexpr char chevrons_right[] = "\uE03E";        // chevrons-right
inline constexpr char chevrons_up_down[] = "\uE03F";      // chevrons-up-down
inline constexpr char chevrons_down_up[] = "\uE040";      // chevrons-down-up
inline constexpr char arrow_left[] = "\uE041";            // arrow-left
inline constexpr char arrow_right[] = "\uE042";           // arrow-right
inline constexpr char arrow_up[] = "\uE043";              // arrow-up
inline constexpr char arrow_down[] = "\uE044";            // arrow-down
inline constexpr char undo[] = "\uE045";                  // undo-2
inline constexpr char redo[] = "\uE046";                  // redo-2
inline constexpr char refresh[] = "\uE047";               // refresh-cw
inline constexpr char reset[] = "\uE048";                 // rotate-ccw
inline constexpr char move[] = "\uE049";                  // move
inline constexpr char indent[] = "\uE04A";                // list-indent-increase
inline constexpr char outdent[] = "\uE04B";               // list-indent-decrease
inline constexpr char expand[] = "\uE04C";                // maximize-2
inline constexpr char collapse[] = "\uE04D";              // minimize-2
inline constexpr char sidebar_open[] = "\uE04E";          // panel-left-open
inline constexpr char sidebar_close[] = "\uE04F";         // panel-left-close
inline constexpr char inspector[] = "\uE050";             // panel-right
inline constexpr char inspector_open[] = "\uE051";        // panel-right-open
inline constexpr char inspector_close[] = "\uE052";       // panel-right-close
inline constexpr char log_in[] = "\uE053";                // log-in
inline constexpr char log_out[] = "\uE054";               // log-out

// Edit
inline constexpr char edit[] = "\uE055";                  // pencil
inline constexpr char trash[] = "\uE056";                 // trash
inline constexpr char copy[] = "\uE057";                  // copy
inline constexpr char cut[] = "\uE058";                   // scissors
inline constexpr char paste[] = "\uE059";                 // clipboard-paste
inline constexpr char duplicate[] = "\uE05A";             // copy-plus
inline constexpr char insert_row[] = "\uE05B";            // between-horizontal-start
inline constexpr char rows[] = "\uE05C";                  // rows-3
inline constexpr char table[] = "\uE05D";                 // table-2
inline constexpr char merge[] = "\uE05E";                 // git-merge
inline constexpr char split[] = "\uE05F";                 // split
inline constexpr char branch[] = "\uE060";                // git-branch
inline constexpr char compare[] = "\uE061";               // git-compare
inline constexpr char archive[] = "\uE062";               // archive
inline constexpr char restore[] = "\uE063";               // archive-restore
inline constexpr char eraser[] = "\uE064";                // eraser
inline constexpr char text[] = "\uE065";                  // type
inline constexpr char bold[] = "\uE066";                  // bold
inline constexpr char list[] = "\uE067";                  // list
inline constexpr char list_ordered[] = "\uE068";          // list-ordered
inline constexpr char list_checks[] = "\uE069";           // list-checks
inline constexpr char list_tree[] = "\uE06A";             // list-tree
inline constexpr char attach[] = "\uE06B";                // paperclip

// Files
inline constexpr char file[] = "\uE06C";                  // file
inline constexpr char file_text[] = "\uE06D";             // file-text
inline constexpr char file_plus[] = "\uE06E";             // file-plus
inline constexpr char file_json[] = "\uE06F";             // file-braces
inline constexpr char file_table[] = "\uE070";            // file-spreadsheet
inline constexpr char file_chart[] = "\uE071";            // file-chart-column
inline constexpr char file_check[] = "\uE072";            // file-check
inline constexpr char file_clock[] = "\uE073";            // file-clock
inline constexpr char file_lock[] = "\uE074";             // file-lock
inline constexpr char file_warning[] = "\uE075";          // file-exclamation-point
inline constexpr char file_search[] = "\uE076";           // file-search
inline constexpr char files[] = "\uE077";                 // files
inline constexpr char folder[] = "\uE078";                // folder
inline constexpr char folder_open[] = "\uE079";           // folder-open
inline constexpr char folder_plus[] = "\uE07A";           // folder-plus
inline constexpr char save[] = "\uE07B";                  // save
inline constexpr char download[] = "\uE07C";              // download
inline constexpr char upload[] = "\uE07D";                // upload
inline constexpr char share[] = "\uE07E";                 // share-2
inline constexpr char mail[] = "\uE07F";                  // mail
inline constexpr char send[] = "\uE080";                  // send
inline constexpr char print[] = "\uE081";                 // printer
inline constexpr char package[] = "\uE082";               // package
inline constexpr char package_open[] = "\uE083";          // package-open
inline constexpr char database[] = "\uE084";              // database
inline constexpr char database_backup[] = "\uE085";       // database-backup
inline constexpr char hard_drive[] = "\uE086";            // hard-drive
inline constexpr char cloud_off[] = "\uE087";             // cloud-off
inline constexpr char wifi_off[] = "\uE088";              // wifi-off
inline constexpr char image[] = "\uE089";                 // image
inline constexpr char code[] = "\uE08A";                  // code

// Time
inline constexpr char calendar[] = "\uE08B";              // calendar
inline constexpr char calendar_days[] = "\uE08C";         // calendar-days
inline constexpr char calendar_range[] = "\uE08D";        // calendar-range
inline constexpr char calendar_check[] = "\uE08E";        // calendar-check
inline constexpr char calendar_clock[] = "\uE08F";        // calendar-clock
inline constexpr char calendar_plus[] = "\uE090";         // calendar-plus
inline constexpr char calendar_off[] = "\uE091";          // calendar-off
inline constexpr char calendar_x[] = "\uE092";            // calendar-x
inline constexpr char clock[] = "\uE093";                 // clock
inline constexpr char timer[] = "\uE094";                 // timer
inline constexpr char history[] = "\uE095";               // rotate-ccw-clock
inline constexpr char hourglass[] = "\uE096";             // hourglass
inline constexpr char alarm[] = "\uE097";                 // alarm-clock
inline constexpr char zoom_in[] = "\uE098";               // zoom-in
inline constexpr char zoom_out[] = "\uE099";              // zoom-out
inline constexpr char fit[] = "\uE09A";                   // scan
inline constexpr char today[] = "\uE09B";                 // crosshair

// Project
inline constexpr char gantt[] = "\uE09C";                 // chart-gantt
inline constexpr char task[] = "\uE09D";                  // square-check
inline constexpr char milestone[] = "\uE09E";             // diamond
inline constexpr char network[] = "\uE09F";               // network
inline constexpr char workflow[] = "\uE0A0";              // workflow
inline constexpr char kanban[] = "\uE0A1";                // square-kanban
inline constexpr char baseline[] = "\uE0A2";              // layers
inline constexpr char critical[] = "\uE0A3";              // flame
inline constexpr char progress[] = "\uE0A4";              // percent
inline constexpr char gauge[] = "\uE0A5";                 // gauge
inline constexpr char route[] = "\uE0A6";                 // route
inline constexpr char map[] = "\uE0A7";                   // map
inline constexpr char building[] = "\uE0A8";              // building-complex
inline constexpr char factory[] = "\uE0A9";               // factory
inline constexpr char hammer[] = "\uE0AA";                // hammer
inline constexpr char wrench[] = "\uE0AB";                // wrench
inline constexpr char portfolio[] = "\uE0AC";             // layout-grid
inline constexpr char dashboard[] = "\uE0AD";             // layout-dashboard
inline constexpr char templates[] = "\uE0AE";             // layout-template
inline constexpr char inbox[] = "\uE0AF";                 // inbox
inline constexpr char project[] = "\uE0B0";               // folder-kanban
inline constexpr char start_page[] = "\uE0B1";            // rocket

// People
inline constexpr char user[] = "\uE0B2";                  // user
inline constexpr char users[] = "\uE0B3";                 // users
inline constexpr char user_plus[] = "\uE0B4";             // user-plus
inline constexpr char user_check[] = "\uE0B5";            // user-check
inline constexpr char user_off[] = "\uE0B6";              // user-x
inline constexpr char team[] = "\uE0B7";                  // users-round
inline constexpr char contact[] = "\uE0B8";               // contact
inline constexpr char briefcase[] = "\uE0B9";             // briefcase
inline constexpr char handshake[] = "\uE0BA";             // handshake
inline constexpr char message[] = "\uE0BB";               // message-square
inline constexpr char messages[] = "\uE0BC";              // messages-square
inline constexpr char megaphone[] = "\uE0BD";             // megaphone
inline constexpr char phone[] = "\uE0BE";                 // phone
inline constexpr char meeting[] = "\uE0BF";               // presentation
inline constexpr char training[] = "\uE0C0";              // graduation-cap
inline constexpr char award[] = "\uE0C1";                 // award
inline constexpr char badge[] = "\uE0C2";                 // badge-check

// Control
inline constexpr char chart_bar[] = "\uE0C3";             // chart-column
inline constexpr char chart_line[] = "\uE0C4";            // chart-line
inline constexpr char chart_area[] = "\uE0C5";            // chart-area
inline constexpr char chart_pie[] = "\uE0C6";             // chart-pie
inline constexpr char chart_scatter[] = "\uE0C7";         // chart-scatter
inline constexpr char chart_spline[] = "\uE0C8";          // chart-spline
inline constexpr char trending_up[] = "\uE0C9";           // trending-up
inline constexpr char trending_down[] = "\uE0CA";         // trending-down
inline constexpr char activity[] = "\uE0CB";              // activity
inline constexpr char sigma[] = "\uE0CC";                 // sigma
inline constexpr char calculator[] = "\uE0CD";            // calculator
inline constexpr char money[] = "\uE0CE";                 // banknote
inline constexpr char coins[] = "\uE0CF";                 // coins
inline constexpr char wallet[] = "\uE0D0";                // wallet
inline constexpr char receipt[] = "\uE0D1";               // receipt
inline constexpr char scale[] = "\uE0D2";                 // scale
inline constexpr char currency[] = "\uE0D3";              // circle-dollar-sign
inline constexpr char budget[] = "\uE0D4";                // piggy-bank

// Risk
inline constexpr char risk[] = "\uE0D5";                  // shield-alert
inline constexpr char shield[] = "\uE0D6";                // shield
inline constexpr char shield_check[] = "\uE0D7";          // shield-check
inline constexpr char issue[] = "\uE0D8";                 // bug
inline constexpr char octagon_alert[] = "\uE0D9";         // octagon-alert
inline constexpr char umbrella[] = "\uE0DA";              // umbrella
inline constexpr char dices[] = "\uE0DB";                 // dices
inline constexpr char radar[] = "\uE0DC";                 // radar
inline constexpr char bomb[] = "\uE0DD";                  // bomb
inline constexpr char life_buoy[] = "\uE0DE";             // life-buoy

// Quality
inline constexpr char quality[] = "\uE0DF";               // badge-check
inline constexpr char clipboard[] = "\uE0E0";             // clipboard
inline constexpr char clipboard_check[] = "\uE0E1";       // clipboard-check
inline constexpr char clipboard_list[] = "\uE0E2";        // clipboard-list
inline constexpr char microscope[] = "\uE0E3";            // microscope
inline constexpr char ruler[] = "\uE0E4";                 // ruler
inline constexpr char test_tube[] = "\uE0E5";             // test-tube
inline constexpr char thumbs_up[] = "\uE0E6";             // thumbs-up
inline constexpr char thumbs_down[] = "\uE0E7";           // thumbs-down
inline constexpr char stamp[] = "\uE0E8";                 // stamp

// Procurement
inline constexpr char cart[] = "\uE0E9";                  // shopping-cart
inline constexpr char truck[] = "\uE0EA";                 // truck
inline constexpr char contract[] = "\uE0EB";              // signature
inline constexpr char vendor[] = "\uE0EC";                // store
inline constexpr char warehouse[] = "\uE0ED";             // warehouse
inline constexpr char boxes[] = "\uE0EE";                 // boxes

// Change
inline constexpr char change[] = "\uE0EF";                // git-pull-request
inline constexpr char approve[] = "\uE0F0";               // circle-check-big
inline constexpr char reject[] = "\uE0F1";                // circle-x
inline constexpr char pause[] = "\uE0F2";                 // circle-pause
inline constexpr char play[] = "\uE0F3";                  // circle-play
inline constexpr char stop[] = "\uE0F4";                  // circle-stop
inline constexpr char dot[] = "\uE0F5";                   // dot
inline constexpr char circle[] = "\uE0F6";                // circle
inline constexpr char circle_dashed[] = "\uE0F7";         // circle-dashed
inline constexpr char square[] = "\uE0F8";                // square

// Documents
inline constexpr char book[] = "\uE0F9";                  // book
inline constexpr char book_open[] = "\uE0FA";             // book-open
inline constexpr char library[] = "\uE0FB";               // library
inline constexpr char notebook[] = "\uE0FC";              // notebook-pen
inline constexpr char note[] = "\uE0FD";                  // sticky-note
inline constexpr char quote[] = "\uE0FE";                 // quote
inline constexpr char version[] = "\uE0FF";               // git-commit-horizontal
inline constexpr char key[] = "\uE100";                   // key
inline constexpr char fingerprint[] = "\uE101";           // fingerprint-pattern

}  // namespace pmo::ui::icon
