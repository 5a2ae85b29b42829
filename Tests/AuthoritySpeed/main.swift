try AuthoritySpeed.main(CommandLine.arguments)
