# SPDX-License-Identifier: MPL-2.0
# Completion for fish: /usr/share/fish/vendor_completions.d/recipient-guard.fish.
# Held to --help by tests/protocol/man-pages.test.js.

# The command's name is the first word behind the program's, whatever follows.
function __recipient_guard_command
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test "$words[2]" = "$argv[1]"
end

# Behind the command no action stands yet.
function __recipient_guard_action
    set -l words (commandline -opc)
    test (count $words) -eq 2; and test "$words[2]" = "$argv[1]"
end

# The action is this one: its arguments are files.
function __recipient_guard_files
    set -l words (commandline -opc)
    test (count $words) -gt 2; and test "$words[2]" = "$argv[1]"; and test "$words[3]" = "$argv[2]"
end

complete -c recipient-guard -f
complete -c recipient-guard -n __fish_use_subcommand -l help -d 'Say what there is'
complete -c recipient-guard -n __fish_use_subcommand -l version -d 'Say the version'
complete -c recipient-guard -n __fish_use_subcommand -a check -d 'Say of addresses what Send would say'
complete -c recipient-guard -n __fish_use_subcommand -a explain -d 'Say why an address gets its verdict'
complete -c recipient-guard -n __fish_use_subcommand -a policy -d 'Look a policy over, or show its values'
complete -c recipient-guard -n __fish_use_subcommand -a serve -d 'Serve the extension'
complete -c recipient-guard -n __fish_use_subcommand -a trust -d 'List and change whom you trust'
complete -c recipient-guard -n __fish_use_subcommand -a audit -d 'The record of decisions'
complete -c recipient-guard -n __fish_use_subcommand -a doctor -d 'Everything that can be wrong'
complete -c recipient-guard -n __fish_use_subcommand -a history -d 'What is kept of sent mail'
complete -c recipient-guard -n __fish_use_subcommand -a manifest -d 'The manifest of the host'

complete -c recipient-guard -n '__recipient_guard_command check' -l help -d 'Say what there is'
complete -c recipient-guard -n '__recipient_guard_command check' -l policy -r -F -d 'Document or folder'
complete -c recipient-guard -n '__recipient_guard_command check' -l people -x -a '(__fish_complete_directories) none' -d 'Contacts'
complete -c recipient-guard -n '__recipient_guard_command check' -l from -x -d 'The sender'
complete -c recipient-guard -n '__recipient_guard_command check' -l keyboards -x -a 'qwerty qwertz azerty all' -d 'Whose neighbouring keys count'
complete -c recipient-guard -n '__recipient_guard_command check' -l json -d 'Answer as JSON'
complete -c recipient-guard -n '__recipient_guard_command check' -l trace -d 'The evidence behind each finding'
complete -c recipient-guard -n '__recipient_guard_command check' -l batch -d 'JSON Lines in, JSON Lines out'

complete -c recipient-guard -n '__recipient_guard_command explain' -l help -d 'Say what there is'
complete -c recipient-guard -n '__recipient_guard_command explain' -l policy -r -F -d 'Document or folder'
complete -c recipient-guard -n '__recipient_guard_command explain' -l people -x -a '(__fish_complete_directories) none' -d 'Contacts'
complete -c recipient-guard -n '__recipient_guard_command explain' -l keyboards -x -a 'qwerty qwertz azerty all' -d 'Whose neighbouring keys count'
complete -c recipient-guard -n '__recipient_guard_command explain' -l json -d 'Answer as JSON'

complete -c recipient-guard -n '__recipient_guard_action policy' -a 'lint show'
complete -c recipient-guard -n '__recipient_guard_files policy lint' -F
complete -c recipient-guard -n '__recipient_guard_files policy show' -F
complete -c recipient-guard -n '__recipient_guard_command policy' -l help -d 'Say what there is'
complete -c recipient-guard -n '__recipient_guard_command policy' -l policy -r -F -d 'Document or folder'
complete -c recipient-guard -n '__recipient_guard_command policy' -l json -d 'Answer as JSON'

complete -c recipient-guard -n '__recipient_guard_command serve' -l help -d 'Say what there is'
complete -c recipient-guard -n '__recipient_guard_command serve' -l policy -r -F -d 'Document or folder'
complete -c recipient-guard -n '__recipient_guard_command serve' -l people -x -a '(__fish_complete_directories)' -d 'Contacts'
complete -c recipient-guard -n '__recipient_guard_command serve' -l audit -x -a '(__fish_complete_directories)' -d 'Audit record'
complete -c recipient-guard -n '__recipient_guard_command serve' -l keyboards -x -a 'qwerty qwertz azerty all' -d 'Whose neighbouring keys count'

complete -c recipient-guard -n '__recipient_guard_action trust' -a 'list add remove import export'
complete -c recipient-guard -n '__recipient_guard_files trust import' -F
complete -c recipient-guard -n '__recipient_guard_command trust' -l help -d 'Say what there is'
complete -c recipient-guard -n '__recipient_guard_command trust' -l policy -r -F -d 'Document or folder'
complete -c recipient-guard -n '__recipient_guard_command trust' -l people -x -a '(__fish_complete_directories)' -d 'Contacts'
complete -c recipient-guard -n '__recipient_guard_command trust' -l json -d 'Answer as JSON'

complete -c recipient-guard -n '__recipient_guard_action audit' -a 'list verify export'
complete -c recipient-guard -n '__recipient_guard_files audit list' -F
complete -c recipient-guard -n '__recipient_guard_files audit verify' -F
complete -c recipient-guard -n '__recipient_guard_files audit export' -F
complete -c recipient-guard -n '__recipient_guard_command audit' -l help -d 'Say what there is'
complete -c recipient-guard -n '__recipient_guard_command audit' -l audit -x -a '(__fish_complete_directories)' -d 'Audit record'
complete -c recipient-guard -n '__recipient_guard_command audit' -l json -d 'Answer as JSON Lines'
complete -c recipient-guard -n '__recipient_guard_command audit' -l since -x -d 'Only from this time on'
complete -c recipient-guard -n '__recipient_guard_command audit' -l until -x -d 'Only before this time'
complete -c recipient-guard -n '__recipient_guard_command audit' -l domain -x -d 'Only with a recipient there'
complete -c recipient-guard -n '__recipient_guard_command audit' -l verdict -x -a 'allow warn block' -d 'Only with this verdict'
complete -c recipient-guard -n '__recipient_guard_command audit' -l word -x -a 'sent-unguarded sent-with-reason sent-warned stopped removed corrected' -d 'What became of it'
complete -c recipient-guard -n '__recipient_guard_command audit' -l head -x -d 'A head that was kept elsewhere'

complete -c recipient-guard -n '__recipient_guard_command doctor' -l help -d 'Say what there is'
complete -c recipient-guard -n '__recipient_guard_command doctor' -l policy -r -F -d 'Document or folder'
complete -c recipient-guard -n '__recipient_guard_command doctor' -l people -x -a '(__fish_complete_directories)' -d 'Contacts'
complete -c recipient-guard -n '__recipient_guard_command doctor' -l audit -x -a '(__fish_complete_directories)' -d 'Audit record'
complete -c recipient-guard -n '__recipient_guard_command doctor' -l json -d 'Answer as JSON'
complete -c recipient-guard -n '__recipient_guard_command doctor' -l root -x -a '(__fish_complete_directories)' -d 'Root of the file system'

complete -c recipient-guard -n '__recipient_guard_action history' -a 'show learn forget'
complete -c recipient-guard -n '__recipient_guard_files history learn' -F
complete -c recipient-guard -n '__recipient_guard_command history' -l help -d 'Say what there is'
complete -c recipient-guard -n '__recipient_guard_command history' -l policy -r -F -d 'Document or folder'
complete -c recipient-guard -n '__recipient_guard_command history' -l people -x -a '(__fish_complete_directories)' -d 'Contacts'
complete -c recipient-guard -n '__recipient_guard_command history' -l json -d 'Answer as JSON'
complete -c recipient-guard -n '__recipient_guard_command history' -l all -d 'Forget everything'
complete -c recipient-guard -n '__recipient_guard_command history' -l settled -x -d 'Forget that a question was called right'
complete -c recipient-guard -n '__recipient_guard_command history' -l from -x -d 'Learn only what this address has written'
complete -c recipient-guard -n '__recipient_guard_command history' -l format -x -a 'mbox maildir message json-lines' -d 'Of the files to learn'

complete -c recipient-guard -n '__recipient_guard_action manifest' -a 'print install remove'
complete -c recipient-guard -n '__recipient_guard_command manifest' -l help -d 'Say what there is'
complete -c recipient-guard -n '__recipient_guard_command manifest' -l user -d 'For yourself'
complete -c recipient-guard -n '__recipient_guard_command manifest' -l system -d 'For everybody on this machine'
complete -c recipient-guard -n '__recipient_guard_command manifest' -l root -x -a '(__fish_complete_directories)' -d 'Root of the file system'
