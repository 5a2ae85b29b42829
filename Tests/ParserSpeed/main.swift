ParserSpeed.run()
