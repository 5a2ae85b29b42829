try Liar.run()
